// A CodeMirror editor inside a shadow root: there its styles go into adopted style sheets,
// which a strict content security policy allows without a nonce.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { type Diagnostic as Mark, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { Compartment, EditorState, type Extension, type Text, Transaction } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";

import { t } from "../shared/i18n";
import type { Diagnostic } from "../shared/types";
import { flexscript } from "./flexscript";

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--ink)", backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--accent)", padding: "8px 0" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--code-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--code-selection) !important",
  },
  ".cm-cursor": { borderLeftColor: "var(--accent)" },
  ".cm-matchingBracket": { backgroundColor: "var(--accent-soft) !important", outline: "1px solid var(--accent-line)" },
  ".cm-panels": { backgroundColor: "var(--surface-2)", color: "var(--ink)" },
  ".cm-panels button, .cm-panels input": { font: "12px var(--font)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px" },
  ".cm-diagnostic": { font: "13px/1.5 var(--font)", padding: "6px 10px" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)" },
});

export interface EditorHooks {
  label: string;
  onChange: (source: string) => void;
  onSave: () => void;
}

export interface Editor {
  node: HTMLElement;
  source(): string;
  load(source: string): void;
  setReadOnly(readOnly: boolean): void;
  mark(diagnostics: readonly Diagnostic[]): void;
  goTo(line: number, column: number): void;
}

/** The offset of a line and column (both from 1), kept inside the text. */
export function offset(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}

export function toMark(doc: Text, found: Diagnostic): Mark {
  const { span } = found;
  const from = offset(doc, span.line, span.column);
  const end = Math.max(from, offset(doc, span.end_line, span.end_column));
  // An empty span would be invisible: take in the next character, or the one before.
  const to = end > from ? end : Math.min(from + 1, doc.length);
  const message = found.hint ? `${found.message}\n${found.hint}` : found.message;
  return { from: Math.min(from, to), to, severity: found.severity, message };
}

function extensions(hooks: EditorHooks, readOnly: Compartment): Extension[] {
  const save = { key: "Mod-s", preventDefault: true, run: () => (hooks.onSave(), true) };
  return [
    lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), history(), drawSelection(),
    indentUnit.of("\t"), EditorState.tabSize.of(4), bracketMatching(), closeBrackets(),
    highlightSelectionMatches(), lintGutter(), flexscript(), theme, EditorView.lineWrapping,
    readOnly.of(EditorState.readOnly.of(false)),
    EditorView.contentAttributes.of({ "aria-label": hooks.label, tabindex: "0" }),
    EditorState.phrases.of({ Find: t("Find"), Replace: t("Replace"), next: t("next"), previous: t("previous") }),
    // Tab indents only after Escape has not been pressed: Escape then Tab leaves the editor.
    keymap.of([save, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      const own = update.transactions.some((tr) => tr.annotation(Transaction.userEvent) === "load");
      if (update.docChanged && !own) hooks.onChange(update.state.doc.toString());
    }),
  ];
}

function replaceAll(view: EditorView, source: string): void {
  const now = view.state.doc.toString();
  if (now === source) return;
  // While a script streams in, only its tail is new.
  const grows = source.startsWith(now);
  const changes = grows
    ? { from: now.length, insert: source.slice(now.length) }
    : { from: 0, to: now.length, insert: source };
  view.dispatch({ changes, annotations: [Transaction.userEvent.of("load"), Transaction.addToHistory.of(false)] });
}

export function makeEditor(hooks: EditorHooks): Editor {
  const node = document.createElement("div");
  node.className = "editor-host";
  const shadow = node.attachShadow({ mode: "open" });
  const readOnly = new Compartment();
  const view = new EditorView({ parent: shadow, root: shadow, extensions: extensions(hooks, readOnly) });
  return {
    node,
    source: () => view.state.doc.toString(),
    load: (source) => replaceAll(view, source),
    setReadOnly: (on) => view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(on)) }),
    mark(diagnostics) {
      const marks = diagnostics.map((found) => toMark(view.state.doc, found));
      view.dispatch(setDiagnostics(view.state, marks.sort((a, b) => a.from - b.from)));
    },
    goTo(line, column) {
      const at = offset(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
  };
}
