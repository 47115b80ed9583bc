// The sequence diagram: a line for this account, one for the relay, one for each
// of the others whose tab is in this browser, and an arrow for every frame.

import { byId, el, paint, say } from './dom.js';
import type { Frame } from './frames.js';
import { arrow, move, sentence } from './arrow.js';
import { place, svg } from './svg.js';
import { words } from './words.js';

/** Older frames are dropped. */
const KEEP = 200;
/** How long frames of strangers are kept for when they turn out to belong here, in milliseconds. */
const WAIT = 15_000;
const MOST_OTHERS = 2;
const ROW = 40;
const TOP = 10;

export class Timeline {
  private account = '';
  private others: string[] = [];
  private rows: { frame: Frame; arrow: SVGGElement }[] = [];
  private strangers: Frame[] = [];
  private due = false;
  private readonly heads = el('div', { class: 'heads', 'aria-hidden': 'true' });
  private readonly picture = svg('svg', { role: 'group' });
  private readonly lines = svg('g', { class: 'lines' });
  private readonly scroll = byId('timeline');

  constructor() {
    this.picture.append(this.lines);
    this.scroll.append(this.heads, this.picture);
    byId('with-media').addEventListener('change', () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.scroll);
  }

  /** as says whose page this is. */
  as(account: string): void {
    if (account === '' || account === this.account) return;
    if (this.account !== '') this.clear();
    this.account = account;
    this.others = [];
  }

  /** meet gives somebody a line of their own, from the next of their frames on. */
  meet(other: string): void {
    if (this.others[0] === other || other === this.account) return;
    this.others = [other, ...this.others.filter((known) => known !== other)].slice(0, MOST_OTHERS);
    for (const frame of this.strangers.filter(({ account }) => account === other)) this.add(frame);
    this.strangers = this.strangers.filter(({ account }) => account !== other);
    this.rows = this.rows.filter(({ frame, arrow }) => this.lane(frame.account) >= 0 || arrow.remove());
    this.draw();
  }

  heard(frame: Frame, mine: boolean): void {
    if (mine) this.as(frame.account);
    if (this.lane(frame.account) >= 0) return this.add(frame);
    this.strangers = [...this.strangers.filter(({ at }) => at > frame.at - WAIT), frame];
  }

  clear(): void {
    for (const { arrow } of this.rows) arrow.remove();
    this.rows = [];
    this.strangers = [];
    byId('frame').hidden = true;
    this.draw();
  }

  private add(frame: Frame): void {
    const made = arrow(frame, () => this.choose(made, frame));
    const place = this.rows.filter((row) => row.frame.at <= frame.at).length;
    this.rows.splice(place, 0, { frame, arrow: made });
    this.picture.insertBefore(made, this.rows[place + 1]?.arrow ?? null);
    while (this.rows.length > KEEP) this.rows.shift()?.arrow.remove();
    this.draw();
  }

  /** lane is which line an account has: 0 this one's; 1 is the relay. */
  private lane(account: string): number {
    if (account === this.account) return 0;
    const at = this.others.indexOf(account);
    return at < 0 ? -1 : at + 2;
  }

  /** draw puts everything where it belongs, once a frame of the screen. */
  private draw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.layOut();
    });
  }

  private layOut(): void {
    const { scroll } = this;
    const media = byId<HTMLInputElement>('with-media').checked;
    const shown = this.rows.filter(({ arrow }) => media || !arrow.classList.contains('aside'));
    for (const { arrow } of this.rows) arrow.classList.toggle('unshown', !media && arrow.classList.contains('aside'));
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 2 * ROW;
    const here = this.others.filter((other) => this.rows.some(({ frame }) => frame.account === other));
    const names = [this.account, 'Beckon', ...here];
    const width = scroll.clientWidth;
    const height = TOP + shown.length * ROW + 12;
    const edge = Math.min(56, width / (names.length * 2));
    const x = (lane: number): number => edge + ((width - 2 * edge) * lane) / (names.length - 1);
    place(this.picture, { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-label': words().tabTimeline });
    this.lines.replaceChildren(...names.map((_, i) => svg('line', { x1: x(i), x2: x(i), y1: 0, y2: height })));
    shown.forEach(({ frame, arrow }, i) => {
      const own = frame.account === this.account ? 0 : here.indexOf(frame.account) + 2;
      const [from, to] = frame.way === 'out' ? [own, 1] : [1, own];
      move(arrow, x(from), x(to), TOP + i * ROW + ROW - 10);
    });
    this.renderHeads(names, x);
    byId('timeline-empty').hidden = this.rows.length > 0;
    byId('with-media-box').hidden = this.rows.length === 0;
    scroll.hidden = this.rows.length === 0;
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }

  private renderHeads(names: string[], x: (lane: number) => number): void {
    while (this.heads.childElementCount > names.length) this.heads.lastElementChild?.remove();
    names.forEach((name, i) => {
      const head = this.heads.children[i] ?? this.heads.appendChild(el('span', { class: 'head-name' }, el('span', { class: 'avatar tiny' }), el('span', { class: 'short' })));
      (head as HTMLElement).style.left = `${x(i)}px`;
      const [face, label] = head.children as unknown as [HTMLElement, HTMLElement];
      paint(face, name);
      face.classList.toggle('relay', i === 1);
      say(label, i === 1 ? words().relay : name);
    });
  }

  private choose(made: SVGGElement, frame: Frame): void {
    for (const { arrow } of this.rows) arrow.classList.toggle('chosen', arrow === made);
    byId('frame').hidden = false;
    say(byId('frame-name'), sentence(frame));
    say(byId('frame-text'), pretty(frame.text));
    requestAnimationFrame(() => made.scrollIntoView({ block: 'nearest' })); // what is shown below takes of the diagram's height
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // cut short
  }
}
