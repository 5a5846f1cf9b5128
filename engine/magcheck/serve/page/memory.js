// Nothing is kept unless somebody asks, and then in this browser alone.
const NAME = "magcheck";

export function kept() {
  try {
    const { answers, labels } = JSON.parse(localStorage.getItem(NAME));
    return Array.isArray(answers) ? { answers, labels: labels ?? {} } : null;
  } catch {
    return null;
  }
}

export const keep = ({ answers, labels }) => localStorage.setItem(NAME, JSON.stringify({ answers, labels }));
export const forget = () => localStorage.removeItem(NAME);
export const isKept = () => localStorage.getItem(NAME) !== null;
