// The address that rings this account, as a picture for a phone's camera and as text.

import { encode } from 'uqr';
import { byId, say } from './dom.js';
import { place, svg } from './svg.js';
import { pass } from './token.js';
import { words } from './words.js';

/** showLink shows the address that rings an account; '': none. It carries the pass by which its reader was let in. */
export function showLink(account: string, guest = false): void {
  byId('qr-box').hidden = account === '';
  if (guest) {
    byId('second-tab').prepend(byId('qr-box')); // what such a relay is for
    byId<HTMLDetailsElement>('qr-box').open = true;
  }
  if (account === '') return;
  const own = guest ? `#${new URLSearchParams({ pass: pass() })}` : '';
  const address = new URL(`./?${new URLSearchParams({ call: account })}${own}`, location.href).href;
  say(byId('qr-link'), address);
  byId('qr-here').hidden = !/^(localhost|127\.|\[::1\])/.test(location.hostname);
  const { size, data } = encode(address, { ecc: 'M', border: 0 });
  const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  const picture = byId('qr') as unknown as SVGSVGElement;
  place(picture, { viewBox: `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges' });
  picture.replaceChildren(svg('path', { d: dark, fill: 'currentColor' }));
}

byId('copy').addEventListener('click', () => {
  // Where the clipboard is not to be had (http), the address is there to be marked.
  navigator.clipboard?.writeText(byId('qr-link').textContent ?? '').then(
    () => say(byId('copy'), words().copied),
    () => getSelection()?.selectAllChildren(byId('qr-link')),
  );
});
