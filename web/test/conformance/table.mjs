// The suite's rows, as a table for people and in web/docs.

/** @param {{ section: string, row: string, what: string, passed: boolean, why?: string, ms: number }[]} rows */
export function table(rows) {
  const wide = Math.max(...rows.map((r) => r.row.length));
  const lines = rows.map(({ row, what, passed, why }) => {
    const line = `${passed ? 'passed' : 'FAILED'}  ${row.padEnd(wide)}  ${what}`;
    return why ? `${line}\n        ${why.replaceAll('\n', '\n        ')}` : line;
  });
  return [...lines, '', summary(rows)].join('\n');
}

const summary = (rows) => `${rows.filter((r) => r.passed).length} of ${rows.length} rows hold.`;

const END = '<!-- end of rows -->';

/** The page of a dialect with its table replaced. */
export function markdown(page, rows, dialect) {
  const BEGIN = `<!-- rows: written by \`node web/test/${dialect}.conformance.mjs --write\` -->`;
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page has no place for the table: it wants ${BEGIN} and ${END}`);
  const parts = [`${page.slice(0, begin)}${BEGIN}\n`, `${summary(rows)}\n`];
  for (const section of new Set(rows.map((r) => r.section))) {
    parts.push(`## ${section}\n`, '| row | what | |\n| --- | --- | --- |');
    for (const { row, what, passed } of rows.filter((r) => r.section === section)) {
      parts.push(`| ${cell(row)} | ${cell(what)} | ${passed ? '✓' : '**fails**'} |`);
    }
    parts.push('');
  }
  return `${parts.join('\n')}\n${page.slice(end)}`;
}

const cell = (text) => text.replaceAll('|', '\\|');
