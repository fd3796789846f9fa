import { find } from "../shared/dom";
import { t } from "../shared/i18n";
import { toast } from "../shared/toast";

/** A field whose button copies its value. */
export function mount(root: HTMLElement): void {
  const input = find<HTMLInputElement>("input", root);
  const button = find<HTMLButtonElement>("button", root);
  button.hidden = false;
  button.addEventListener("click", () => {
    input.select();
    navigator.clipboard.writeText(input.value).then(
      () => toast(t("Copied."), "good"),
      () => toast(t("Copying is not allowed here; press Ctrl+C."), "info"),
    );
  });
}
