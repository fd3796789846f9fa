// Collects the texts that the TypeScript marks with t() and tn() into a Python module, from
// which Django's makemessages and the page's catalogue take them.
//   npm run messages            writes apps/common/browser_messages.py
//   npm run messages -- --check fails if that file is not up to date
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src", import.meta.url));
const target = fileURLToPath(new URL("../../apps/common/browser_messages.py", import.meta.url));
const CALL = /\b(tn?)\(\s*("(?:[^"\\]|\\.)*")(?:\s*,\s*("(?:[^"\\]|\\.)*"))?/g;

export function collect() {
  const found = new Set();
  for (const entry of readdirSync(source, { recursive: true })) {
    if (!entry.endsWith(".ts")) continue;
    for (const [, name, first, second] of readFileSync(join(source, entry), "utf8").matchAll(CALL)) {
      found.add(JSON.parse(first));
      if (name === "tn" && second) found.add(JSON.parse(second));
    }
  }
  return [...found].sort();
}

function line(message) {
  const text = `    gettext_noop(${JSON.stringify(message)}),`;
  return text.length <= 100 ? text : `${text}  # noqa: E501`;
}

export function render(messages) {
  const body = messages.map(line).join("\n");
  return `"""The texts of the scripts in the browser, collected by \`npm run messages\`."""

from django.utils.translation import gettext_noop

# fmt: off
MESSAGES: tuple[str, ...] = (
${body}
)
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = render(collect());
  if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8") !== text) {
      process.stderr.write("apps/common/browser_messages.py is out of date: npm run messages\n");
      process.exit(1);
    }
  } else {
    writeFileSync(target, text);
  }
}
