/** With a fixed number of digits behind the point and commas before it. */
const fixed = (value, digits) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Two digits at least. */
function rateOf({ rate }) {
  if (rate >= 100) return fixed(rate, 0);
  return fixed(rate, rate < 1 ? 2 : 1);
}

function ratioOf({ rate }, ours) {
  if (!ours) return '';
  return ours === rate ? '1' : Number((ours / rate).toPrecision(3)).toLocaleString('en');
}

/** What a result is shown as: cell(result, repro's rate) → text. Those that `always` show do so for a missing peer too. */
export const columns = {
  name: { title: '', always: true, cell: ({ name }) => name },
  version: { title: 'version', cell: ({ version }) => version },
  rate: (title) => ({ title, number: true, cell: rateOf }),
  seconds: { title: 's/training', number: true, cell: ({ rate }) => fixed(1 / rate, 2) },
  ratio: { title: 'repro is × as fast', number: true, cell: ratioOf },
  memory: { title: 'peak MB', number: true, cell: ({ megabytes }) => fixed(megabytes, 0) },
  score: {
    title: 'median score',
    number: true,
    cell: ({ median }) => (Number.isFinite(median) ? `${Number(median.toPrecision(2))}` : ''),
  },
  note: { title: '', always: true, cell: ({ missing, note }) => missing ?? note ?? '' },
};

export function printTable(shown, results, ours) {
  const rowOf = (result) => shown.map(({ always, cell }) => (result.missing && !always ? '' : `${cell(result, ours)}`));
  const rows = [shown.map(({ title }) => title), ...results.map(rowOf)];
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) => (shown[column].number ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  console.log(rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n'));
}
