// The few words of the page that change while it is used stand in its HTML.
export const words = document.getElementById("words").dataset;
export const byId = (id) => document.getElementById(id);
export const counted = (form, count) => form.replace("#", count);

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// HTML of the service, which escapes everything that a person wrote; the policy of the page runs no script in it.
export function show(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}
