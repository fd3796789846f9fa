import { csrfToken } from "./api";
import { t } from "./i18n";
import { toast } from "./toast";

/** htmx is loaded only where a page uses it (search boxes and filters of lists). */
export function startHtmx(): void {
  if (!document.querySelector("[hx-get], [hx-post]")) return;
  void import("htmx.org").then(({ default: htmx }) => {
    htmx.config.includeIndicatorStyles = false;
    htmx.config.allowEval = false;
    document.body.addEventListener("htmx:configRequest", (event) => {
      const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
      headers["X-CSRFToken"] = csrfToken();
    });
    document.body.addEventListener("htmx:sendError", () => {
      toast(t("The server cannot be reached."), "bad");
    });
    htmx.process(document.body);
  });
}
