// Reads CSV as RFC 4180 writes it: quotes, doubled quotes, line breaks in cells.

export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV text, by the names of its first line. */
export function parseCSV(source: string): Row[] {
  const [header, ...lines] = cells(source.replace(/^\uFEFF/, ''));
  if (!header) return [];
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])));
}

function cells(source: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[i + 1] === '"') cell += source[++i];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      line.push(cell);
      cell = '';
    } else if (char === '\n') {
      line.push(cell);
      lines.push(line);
      line = [];
      cell = '';
    } else if (char !== '\r') cell += char;
  }
  if (cell !== '' || line.length > 0) lines.push([...line, cell]);
  return lines;
}
