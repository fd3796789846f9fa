// FlexScript for CodeMirror: a tokeniser, since colours need no tree.

import { HighlightStyle, LanguageSupport, StreamLanguage, type StreamParser, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const KEYWORDS = new Set([
  "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue",
  "return", "new", "param", "ownerobject", "current", "item",
]);
const TYPES = new Set([
  "int", "double", "string", "var", "Object", "Array", "Map", "Vec2", "Vec3", "Model",
  "treenode", "Table", "DateTime", "void", "Color", "Group", "List", "TaskSequence",
]);
const ATOMS = new Set(["true", "false", "NULL", "nullVar", "INFINITY"]);

interface State {
  comment: boolean;
}

type Stream = Parameters<StreamParser<State>["token"]>[0];

function comment(stream: Stream, state: State): string {
  state.comment = !stream.skipTo("*/");
  if (state.comment) stream.skipToEnd();
  else stream.match("*/");
  return "comment";
}

function quoted(stream: Stream, quote: string): string {
  let escaped = false;
  for (let next = stream.next(); next !== undefined; next = stream.next()) {
    if (next === quote && !escaped) break;
    escaped = !escaped && next === "\\";
  }
  return "string";
}

function word(stream: Stream, text: string): string {
  if (KEYWORDS.has(text)) return "keyword";
  if (TYPES.has(text)) return "typeName";
  if (ATOMS.has(text)) return "atom";
  if (stream.match(/^\s*\(/, false)) return "function";
  return "variableName";
}

function token(stream: Stream, state: State): string | null {
  if (state.comment) return comment(stream, state);
  if (stream.eatSpace()) return null;
  if (stream.match("//")) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match("/*")) return comment(stream, state);
  if (stream.sol() && stream.match(/^#\w+/)) return "meta";
  const quote = stream.match(/^["']/) as RegExpMatchArray | null;
  if (quote) return quoted(stream, quote[0]);
  if (stream.match(/^(?:0x[\da-f]+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+)/i)) return "number";
  const member = stream.match(/^\.\s*[A-Za-z_]\w*/);
  if (member) return stream.match(/^\s*\(/, false) ? "function" : "propertyName";
  const name = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
  if (name) return word(stream, name[0]);
  stream.next();
  return "operator";
}

export const flexscriptParser: StreamParser<State> = {
  name: "flexscript",
  startState: () => ({ comment: false }),
  token,
  tokenTable: { function: tags.function(tags.variableName) },
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
  },
};

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.keyword, color: "var(--code-keyword)" },
  { tag: tags.typeName, color: "var(--code-type)" },
  { tag: [tags.atom, tags.number], color: "var(--code-number)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.function(tags.variableName), color: "var(--code-function)" },
  { tag: tags.propertyName, color: "var(--code-property)" },
  { tag: tags.meta, color: "var(--code-comment)" },
]);

export function flexscript(): LanguageSupport {
  return new LanguageSupport(StreamLanguage.define(flexscriptParser), [syntaxHighlighting(colours)]);
}
