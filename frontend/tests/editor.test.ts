import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { offset, toMark } from "../src/editor/editor";
import { flexscript } from "../src/editor/flexscript";
import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";

const doc = Text.of(["Object a;", "a.nme = 1;"]);
const span = (line: number, column: number, endLine: number, endColumn: number) => ({ line, column, end_line: endLine, end_column: endColumn });

describe("diagnostics", () => {
  it("turns lines and columns from 1 into offsets", () => {
    expect(offset(doc, 1, 1)).toBe(0);
    expect(offset(doc, 2, 3)).toBe(12);
  });

  it("stays inside the text whatever it is told", () => {
    expect(offset(doc, 99, 99)).toBe(doc.length);
    expect(offset(doc, 0, 0)).toBe(0);
  });

  it("marks at least one character and shows the hint", () => {
    const mark = toMark(doc, { severity: "error", message: "No such property", hint: "Did you mean name?", span: span(2, 3, 2, 3), code: "E1" });
    expect([mark.from, mark.to]).toEqual([12, 13]);
    expect(mark.message).toBe("No such property\nDid you mean name?");
  });
});

describe("colours", () => {
  const kinds = tagHighlighter([
    { tag: tags.comment, class: "comment" },
    { tag: tags.string, class: "string" },
    { tag: tags.number, class: "number" },
    { tag: tags.keyword, class: "keyword" },
    { tag: tags.typeName, class: "type" },
    { tag: tags.function(tags.variableName), class: "function" },
  ]);

  function coloured(code: string): string[] {
    const found: string[] = [];
    const tree = flexscript().language.parser.parse(code);
    highlightTree(tree, kinds, (from, to, kind) => found.push(`${kind}:${code.slice(from, to)}`));
    return found;
  }

  it("knows types, calls, strings and numbers", () => {
    expect(coloured('Object q = f("a // b", 1.5e3);')).toEqual(["type:Object", "function:f", 'string:"a // b"', "number:1.5e3"]);
  });

  it("carries a comment over lines and keeps quotes escaped", () => {
    expect(coloured('/* one\ntwo */ if "a\\"b"')).toEqual(["comment:/* one", "comment:two */", "keyword:if", 'string:"a\\"b"']);
  });
});
