/**
 * What the page does beside being read: it finds scenarios by their words and states, opens what an address points at,
 * and opens everything before it is printed. Nothing depends on it.
 */
export const SCRIPT = `
const form = document.querySelector('form');
const all = [...document.querySelectorAll('details.scenario')];
const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const holder = target && target.closest('details');
  if (holder) holder.open = true, target.scrollIntoView();
};
addEventListener('hashchange', openTarget);
openTarget();
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const each of closed) each.open = true;
});
addEventListener('afterprint', () => { for (const each of closed) each.open = false; });
if (form) {
  const texts = new Map();
  const textOf = (each) => {
    if (!texts.has(each)) texts.set(each, each.textContent.toLowerCase());
    return texts.get(each);
  };
  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const states = [...form.querySelectorAll('[name=state]:checked')].map(({ value }) => value);
    let shown = 0;
    for (const each of all) {
      each.hidden = !(states.includes(each.dataset.state) && words.every((word) => textOf(each).includes(word)));
      if (!each.hidden) shown += 1;
    }
    for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('details.scenario:not([hidden])');
    form.querySelector('output').value = shown === all.length ? '' : shown + ' of ' + all.length + ' shown';
  };
  let waiting;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', ({ target }) => {
    if (!target.dataset.open) return;
    for (const each of all) if (!each.hidden) each.open = target.dataset.open === 'yes';
  });
  form.hidden = false;
}
`;

/** Of the script above, for the page's policy. */
export const SCRIPT_HASH = 'sha256-xlDAtk4FhVNyvfDFF8VCj/iVzXvVgJ6S12DjHzfTg+g=';
