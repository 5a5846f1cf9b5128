// Smart Forms, the form of CSIRO, as a page shows it that embeds it.
import { QueryClientProvider } from "@tanstack/react-query";
import {
  BaseRenderer, buildForm, getResponse, removeEmptyAnswersFromResponse, RendererThemeProvider, useRendererQueryClient,
} from "@aehrc/smart-forms-renderer";
import { createRoot } from "react-dom/client";

function Form() {
  return (
    <RendererThemeProvider>
      <QueryClientProvider client={useRendererQueryClient()}>
        <BaseRenderer />
      </QueryClientProvider>
    </RendererThemeProvider>
  );
}

globalThis.openForm = async (questionnaire) => {
  await buildForm({ questionnaire });
  createRoot(document.getElementById("form")).render(<Form />);
  globalThis.exported = () => removeEmptyAnswersFromResponse(questionnaire, getResponse());
};
