// The theme's path: each wording it has had, newest first, and what caused it. Reads only.
import { make } from "./elements.js";
import { widget } from "./form.js";
import { drawStory } from "./story.js";

export default widget((body, { words, notes }) => {
  let shown = "";
  const refresh = () => {
    const { story = [] } = notes();
    const now = JSON.stringify(story);
    if (now === shown) return;
    shown = now;
    const empty = make("p", { class: "netvaerk-message" }, words.path_empty);
    body.replaceChildren(story.length ? drawStory(story, words) : empty);
  };
  refresh();
  return { refresh };
});
