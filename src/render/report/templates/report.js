'use strict';
// Sorting and filtering of the table of all projects. Without this script it is a plain table.
(() => {
  const table = document.getElementById('all');
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const fold = (text) => text.normalize('NFKC').toLocaleLowerCase();
  const texts = new Map(rows.map((row) => [row, fold(row.textContent)]));
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  const number = new Intl.NumberFormat(language);

  const tell = () => {
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = shown.dataset.one
      .replace('\u2460', number.format(count)).replace('\u2461', number.format(rows.length));
  };

  const filter = () => {
    const words = fold(form.elements.text.value).split(/\s+/u).filter(Boolean);
    const fits = (row) => words.every((word) => texts.get(row).includes(word))
      && ['group', 'mode', 'host', 'status', 'identified'].every((name) => {
        const wanted = form.elements[name].value;
        if (wanted === 'implemented') return row.dataset.implemented === '1';
        return wanted === '' || (row.dataset[name] ?? '').split(' ').includes(wanted);
      });
    for (const row of rows) row.hidden = !fits(row);
    tell();
  };

  const order = (column, sign) => {
    const key = (row) => {
      const cell = row.cells[column];
      return { text: cell.textContent, unknown: cell.classList.contains('unknown') };
    };
    const keyed = rows.map((row) => [key(row), row]);
    // What is not stated stands last in both directions.
    keyed.sort(([one], [other]) => (one.unknown - other.unknown) || sign * collator.compare(one.text, other.text));
    body.append(...keyed.map(([, row]) => row));
  };

  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const ascending = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
      order(column, ascending ? 1 : -1);
      tell();
    });
  });
  table.tHead.rows[0].cells[0].setAttribute('aria-sort', 'ascending');

  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    form.elements.identified.value = '';
    setTimeout(filter);
  });
  form.hidden = false;
  // A browser may have kept what was typed before the page was loaded again.
  form.reset();
  filter();

  // A figure leads to the table, narrowed down to its projects. Its address is the filter.
  const follow = (address) => {
    const wanted = new URLSearchParams(address.slice(1));
    for (const element of form.elements) {
      if (element.name) element.value = wanted.get(element.name) ?? '';
    }
    filter();
    document.getElementById('projects').scrollIntoView();
    shown.focus({ preventScroll: true });
  };
  const leads = (address) => address.startsWith('#') && address.includes('=');
  document.addEventListener('click', (event) => {
    const address = event.target.closest('a')?.getAttribute('href') ?? '';
    if (!leads(address)) return;
    event.preventDefault();
    history.pushState(null, '', address);
    follow(address);
  });
  window.addEventListener('popstate', () => { if (leads(location.hash)) follow(location.hash); });
  const lists = document.getElementById('lists');
  if (lists) lists.hidden = true;
  if (leads(location.hash)) follow(location.hash);
})();
