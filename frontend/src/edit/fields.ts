// The inputs of a form, made from the schema of a collection.

import { getJSON } from '../data/api';
import { fields as styles, formatValue } from '../schema/fields';
import { text, type Language, type Text } from '../schema/language';
import { h } from '../ui/dom';
import type { EditSay } from './words';

/** A property as the server describes it. */
interface Property {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly 'x-ogc-unit'?: string;
  readonly 'x-ogc-propertySeq'?: number;
}

export interface Schema {
  readonly title: string;
  readonly properties: Readonly<Record<string, Property>>;
}

export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;

/** Fetches the schema of a collection. */
export const getSchema = (collection: string): Promise<Schema> => getJSON(`/api/collections/${encodeURIComponent(collection)}/schema`);

/** Whether features of the collection are points. */
export const ofPoints = (schema: Schema): boolean => schema.properties['geometry']?.format === 'geometry-point';

/** What the detail does not list among the others. */
const more: Readonly<Record<string, Text>> = {
  name: text('Nama', 'Name'), source: text('Sumber', 'Source'), source_date: text('Tanggal data', 'Date of the data'), quality: text('Mutu', 'Quality'),
};

/** The name of a property for people. */
export const titleOf = (name: string, language: Language): string => (styles.get(name)?.title ?? more[name])?.[language] ?? name.replaceAll('_', ' ');

/** A property with its input. */
export class Field {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement | HTMLSelectElement;
  private readonly fault: HTMLElement;

  constructor(readonly name: string, private readonly property: Property, language: Language, say: EditSay) {
    const id = `edit-${name}`;
    this.fault = h('span', { class: 'failed', id: `${id}-fault` });
    const option = (value: string, label: string) => h('option', { value }, label);
    const described = { id, name, 'aria-describedby': `${id}-fault` };
    if (property.enum) this.input = h('select', described, option('', '–'), ...property.enum.map((word) => option(word, formatValue(name, word, language))));
    else if (property.type === 'boolean') this.input = h('select', described, option('', '–'), option('true', say('yes')), option('false', say('no')));
    else if (property.type === 'string') this.input = h('input', { type: 'text', ...described });
    else this.input = h('input', { type: 'number', step: property.type === 'integer' ? '1' : 'any', ...described });
    const unit = property['x-ogc-unit'];
    this.element = h('p', { class: 'edit-field' }, h('label', { for: id }, titleOf(name, language) + (unit ? ` (${unit})` : '')), this.input, this.fault);
  }

  get value(): Value {
    const text = this.input.value.trim();
    if (text === '') return null;
    if (this.property.type === 'boolean') return text === 'true';
    return this.property.type === 'string' ? text : Number(text);
  }

  set value(value: unknown) {
    this.input.value = value === null || value === undefined ? '' : String(value);
  }

  /** Says what is wrong with it; '' is nothing. */
  complain(reason: string): void {
    this.fault.textContent = reason;
    if (reason) {
      this.input.setAttribute('aria-invalid', 'true');
      this.input.focus();
    } else this.input.removeAttribute('aria-invalid');
  }
}

/** The fields of a collection in its order. */
export function fieldsOf(schema: Schema, language: Language, say: EditSay): Field[] {
  return Object.entries(schema.properties)
    .filter(([name, property]) => name !== 'geometry' || property.type)
    .sort(([, a], [, b]) => (a['x-ogc-propertySeq'] ?? 0) - (b['x-ogc-propertySeq'] ?? 0))
    .map(([name, property]) => new Field(name, property, language, say));
}
