// Translations come with the page (json_script "messages"); the source language is English.

type Params = Record<string, string | number>;

let catalogue: Record<string, string> | null = null;

function load(): Record<string, string> {
  const text = document.getElementById("messages")?.textContent;
  catalogue = text ? (JSON.parse(text) as Record<string, string>) : {};
  return catalogue;
}

function fillIn(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole));
}

/** The message in the page's language, its {placeholders} filled in. */
export function t(message: string, params: Params = {}): string {
  const messages = catalogue ?? load();
  return fillIn(messages[message] ?? message, params);
}

/** Singular or plural form by `n`, which also fills {n}. */
export function tn(singular: string, plural: string, n: number, params: Params = {}): string {
  return t(n === 1 ? singular : plural, { n: number(n), ...params });
}

export function language(): string {
  return document.documentElement.lang || "en";
}

export function number(value: number, digits = 2): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);
}

export function percent(share: number, digits = 1): string {
  const options = { style: "percent", maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language(), options).format(share);
}

/** For tests: forget what was read from the page. */
export function resetMessages(): void {
  catalogue = null;
}
