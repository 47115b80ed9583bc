// The conference side of the page, of one account: the room, its media, its view,
// and the sheet of those who ask us in.

import { byId, complain, paint, say } from './dom.js';
import type { Teller } from './callmedia.js';
import type { Log } from './log.js';
import { Mesh } from './mesh.js';
import { Room } from './room.js';
import type { Meeting } from './room.js';
import { RoomView } from './roomview.js';
import { isConference } from './signals.js';
import type { SignalEvent } from './signals.js';
import { Tiles } from './tiles.js';
import { words } from './words.js';

export interface ConferenceEvents {
  /** Somebody is met here. */
  met(account: string): void;
  /** The conference is to be seen. */
  show(): void;
  /** Is this account in a call? Then it declines by itself. */
  busy(): boolean;
  /** An invitation rings, or none does. */
  rings(on: boolean): void;
}

export class Conference {
  private readonly room: Room;
  private readonly view: RoomView;
  private readonly tiles = new Tiles();
  private mesh: Mesh | undefined;
  /** Who asks us in: the inviters by conference. */
  private readonly asks = new Map<string, string>();
  private readonly done = new AbortController();

  constructor(private readonly account: string, token: string, log: Log, private readonly tell: Teller, private readonly on: ConferenceEvents) {
    this.room = new Room(account, token, log, {
      changed: (meeting) => this.changed(meeting),
      asked: (roomId, by) => this.asked(roomId, by),
      unasked: (roomId) => this.unasked(roomId),
      out: (why) => this.news(words().roomOut[why]),
    });
    this.view = new RoomView({
      revoke: (userId) => this.try(this.room.revoke(userId)),
      kick: (userId) => this.try(this.room.kick(userId)),
      promote: (userId, role) => this.try(this.room.promote(userId, role)),
    });
    this.listen();
    this.try(this.room.login().then(() => this.room.meeting && this.on.show()));
  }

  /** busy: in a conference one is not rung. */
  get busy(): boolean {
    return this.room.meeting !== undefined;
  }

  heard({ channelId, from, attachExt = '' }: SignalEvent): void {
    if (channelId === this.mesh?.roomId) this.mesh.hear(from, attachExt);
  }

  /** again: the phone's link is back. */
  again(): void {
    this.mesh?.again();
  }

  retell(): void {
    this.changed(this.room.meeting);
    this.mesh?.retell();
  }

  leave(): void {
    this.done.abort();
    this.closeSheet();
    this.on.rings(false);
    this.mesh?.stop();
    this.room.logout().catch(() => {});
  }

  private changed(meeting: Meeting | undefined): void {
    this.view.render(this.account, meeting);
    const members = meeting?.members.map(({ userId }) => userId) ?? [];
    if (this.mesh && this.mesh.roomId !== meeting?.info.roomId) {
      this.mesh.stop();
      this.mesh = undefined;
    }
    this.tiles.meet(members, this.account);
    if (!meeting || members.length === 0) return;
    for (const member of members) if (member !== this.account) this.on.met(member);
    this.mesh ??= new Mesh(meeting.info.roomId, this.account, this.tell, {
      own: (devices, lack) => this.tiles.own(this.account, devices, lack),
      stream: (account, stream) => this.tiles.stream(account, stream),
      shows: (account, shows) => this.tiles.shows(account, shows),
    });
    this.mesh.meet(members);
  }

  private asked(roomId: string, by: string): void {
    if (this.on.busy()) {
      this.news(words()['turned-away'](by));
      return this.try(this.room.decline(roomId, true));
    }
    this.asks.set(roomId, by);
    this.on.met(by);
    this.showSheet();
  }

  private unasked(roomId: string): void {
    if (this.asks.delete(roomId)) this.showSheet();
  }

  private showSheet(): void {
    const [first] = this.asks;
    this.on.rings(first !== undefined);
    if (!first) return this.closeSheet();
    const [roomId, by] = first;
    paint(byId('asker-avatar'), by);
    say(byId('asker'), words().asksYou(by));
    say(byId('asked-into'), words().into(roomId));
    const sheet = byId<HTMLDialogElement>('asked');
    if (sheet.open) return;
    sheet.showModal();
    byId('asker').focus();
  }

  private closeSheet(): void {
    byId<HTMLDialogElement>('asked').close();
  }

  private answer(yes: boolean): void {
    const [first] = this.asks;
    if (!first) return;
    const [roomId] = first;
    this.unasked(roomId);
    if (!yes) return this.try(this.room.decline(roomId, false));
    this.enter(roomId, false);
  }

  private enter(roomId: string, make: boolean): void {
    this.news('');
    const before = this.busy && this.room.id !== roomId ? this.room.leave() : Promise.resolve();
    this.try(before.then(() => this.room.enter(roomId, make)).then(() => this.on.show()));
  }

  private invite(): void {
    const input = byId<HTMLInputElement>('invitees');
    const names = [...new Set(input.value.split(/[\s,，、;；]+/).filter((name) => name !== '' && name !== this.account))];
    complain(input, names.length === 0 ? words().nameFirst : '');
    if (names.length === 0) return input.focus();
    this.try(
      this.room.invite(names).then((not) => {
        input.value = '';
        complain(input, not.length > 0 ? words().notInvited(not.join(', ')) : '');
      }),
    );
  }

  private listen(): void {
    const { signal } = this.done;
    const on = (id: string, event: string, then: () => void): void =>
      byId(id).addEventListener(event, (happened) => (happened.preventDefault(), then()), { signal });
    on('room-enter', 'submit', () => {
      const input = byId<HTMLInputElement>('room-id');
      const roomId = input.value.trim();
      complain(input, /^[\w -]{1,64}$/.test(roomId) && isConference(roomId) ? '' : words().badRoom);
      if (!input.hasAttribute('aria-invalid')) this.enter(roomId, true);
    });
    on('room-invite', 'submit', () => this.invite());
    on('room-leave', 'click', () => this.try(this.room.leave().then(() => byId('room-id').focus())));
    on('room-mic', 'click', () => this.mesh?.mute());
    on('room-camera', 'click', () => void this.mesh?.look());
    on('join', 'click', () => this.answer(true));
    on('decline', 'click', () => this.answer(false));
    on('asked', 'cancel', () => this.answer(false));
  }

  private try(doing: Promise<unknown>): void {
    doing.catch((error: { code?: number | string; message?: string }) => this.news(words().roomFailed(error.code ?? '?', error.message ?? '')));
  }

  private news(text: string): void {
    say(byId('room-news'), text);
  }
}
