import { byId, element } from './element.ts';

/** Something that stays until the person did something about it. The same `id` takes the place of an earlier one. */
export function showNotice(
  id: string,
  text: string,
  choices: readonly [label: string, choose: () => void][] = [],
): void {
  const buttons = choices.map(([label, choose]) =>
    element('button', { attributes: { type: 'button' }, onclick: () => choose() }, label),
  );
  const notice = element(
    'div',
    { class: 'notice', attributes: { 'data-notice': id } },
    element('p', {}, text),
    ...buttons,
  );
  const known = noticeOf(id);
  if (known) known.replaceWith(notice);
  else byId('notices').append(notice);
}

export function hideNotice(id: string): void {
  noticeOf(id)?.remove();
}

function noticeOf(id: string): Element | null {
  return document.querySelector(`[data-notice="${CSS.escape(id)}"]`);
}
