// One frame as an arrow of the timeline, which can be chosen by mouse and keyboard.

import type { Frame } from './frames.js';
import { place, svg } from './svg.js';
import { words } from './words.js';

/** How wide a character of a label is, in pixels. */
const WIDE = 7.9;

/** arrow makes a frame's arrow; move says where it is. */
export function arrow(frame: Frame, chosen: () => void): SVGGElement {
  const { way, type, name, refused } = frame;
  const { text, time, aside } = label(frame);
  const made = svg('g', { class: `arrow ${way} ${type}${refused ? ' no' : aside ? ' aside' : ''}`, tabindex: '0', role: 'button', 'data-type': type, 'data-name': name, 'data-label': text, 'data-time': time, 'data-account': frame.account, 'aria-label': sentence(frame) },
    svg('rect', { class: 'touch', height: 38, rx: 8 }),
    svg('text', { class: 'what', 'text-anchor': 'middle' }),
    svg('line', { class: 'shaft' }),
    svg('path', { class: 'tip' }),
  );
  made.addEventListener('click', chosen);
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    chosen();
  });
  return made;
}

/** move draws an arrow from one line to another, at a height. */
export function move(made: SVGGElement, from: number, to: number, y: number): void {
  const [touch, what, shaft, tip] = made.children as unknown as [Element, Element, Element, Element];
  const ahead = Math.sign(to - from);
  place(touch, { x: Math.min(from, to), width: Math.abs(to - from), y: y - 28 });
  const { label = '', time = '' } = made.dataset;
  const fits = Math.floor(Math.abs(to - from) / WIDE);
  place(what, { x: (from + to) / 2, y: y - 8 });
  what.textContent = label.length > fits ? `${label.slice(0, fits - 1)}…` : label.length + time.length > fits ? label : label + time;
  place(shaft, { x1: from, x2: to - 8 * ahead, y1: y, y2: y });
  place(tip, { d: `M${to} ${y}l${-9 * ahead} -4.500v9z` });
}

/** sentence says in full what a frame is. */
export function sentence({ at, account, link, way, type, name, refused }: Frame): string {
  const [from, to] = way === 'out' ? [account, words().relay] : [words().relay, account];
  const time = new Date(at).toISOString().slice(11, 23);
  return `${from} → ${to} (${link}): ${type} ${name}${refused ? ` (${words().refused})` : ''} · ${time} UTC`;
}

/** Reading and marking what the page shows anyway. */
const BOOKS = new Set(['inbox', 'markRead', 'channels', 'invitations', 'find']);

/** label says in short what a frame is; books, media and echoes step back behind the ringing. */
function label({ type, link, name, refused, took, echo, text }: Frame): { text: string; time: string; aside: boolean } {
  const { fields, error } = parsed(text) as Parts;
  const mark = type === 'reply' ? (refused ? '✕ ' : '✓ ') : '';
  const media = parsed(fields?.attach ?? '') as { media?: 1; part?: number; of?: number; text?: string };
  const about = media.media
    ? `${/^\{"(\w+)/.exec(media.text ?? '')?.[1] ?? '…'}${media.of === 1 ? '' : ` ${media.part}/${media.of}`}`
    : (error?.code ?? fields?.outcome);
  if (media.media) return { text: String(about), time: '', aside: true };
  const login = type === 'hello' || type === 'welcome';
  const short = `${mark}${name || type}${about ? `: ${about}` : ''}`;
  const time = took === undefined ? '' : ` ${took < 10 ? took.toFixed(1) : Math.round(took)} ms`;
  const by = link === 'TUI' && type !== 'notice' ? ' (TUI)' : '';
  return { text: short + by, time, aside: name === 'control' || echo || BOOKS.has(name) || (login && link === 'TUI') };
}

interface Parts {
  fields?: { attach?: string; outcome?: string };
  error?: { code?: string };
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
