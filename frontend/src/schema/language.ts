// The two languages of the application. Indonesian comes first everywhere.

export type Language = 'id' | 'en';
export const languages: readonly Language[] = ['id', 'en'];

/** A text in both languages. */
export type Text = Readonly<Record<Language, string>>;

/** Writes a text in both languages: Indonesian, then English. */
export const text = (id: string, en: string): Text => ({ id, en });

/** Fills {name} marks of a text from values. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => (name in values ? String(values[name]) : mark));
}
