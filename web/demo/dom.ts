// The few lines that stand in for a framework.

/** byId finds an element that index.html promises. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found as T;
}

/** el makes an element. Text is set as text, never as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** say sets an element's text if it differs, so that a live region speaks once. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** complain says what is wrong with an input, in the line below it; '' takes it back. */
export function complain(input: HTMLElement, problem: string): void {
  say(byId(`${input.id}-problem`), problem);
  if (problem) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/** paint gives a person's round picture their initial and a colour of their own. */
export function paint(avatar: HTMLElement, account: string): void {
  say(avatar, [...account][0]?.toUpperCase() ?? '');
  let hue = 0;
  for (const letter of account) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  avatar.style.setProperty('--hue', String(hue));
}

/** chips fills a row with one button for each account. */
export function chips(row: HTMLElement, accounts: string[], label: (account: string) => string, picked: (account: string) => void): void {
  row.replaceChildren(
    ...accounts.map((account) => {
      const chip = el('button', { type: 'button', class: 'chip', 'data-account': account, 'aria-label': label(account) }, account);
      chip.addEventListener('click', () => picked(account));
      return chip;
    }),
  );
}
