import { h } from "../shared/dom";
import { initials } from "../shared/format";
import { t } from "../shared/i18n";
import { getStudio } from "../studio/state";

const SHOWN = 4;

/** Who else has the project open. */
export function mount(root: HTMLElement): void {
  const { store, data } = getStudio();
  store.watch(["present"], ({ present }) => {
    const people = present.filter((person) => String(person.id) !== String(data.user.id));
    const avatars = people.slice(0, SHOWN).map((person) =>
      h("span", { class: "avatar", title: person.name, role: "img", "aria-label": t("{name} is here", { name: person.name }) }, initials(person.name)),
    );
    const more = people.length - SHOWN;
    if (more > 0) avatars.push(h("span", { class: "avatar" }, `+${more}`));
    root.replaceChildren(...avatars);
  });
}
