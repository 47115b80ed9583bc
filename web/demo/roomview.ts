// Shows a conference: who is in it, how they look, who was asked, and what one may do about it.

import { TUIInvitationStatus, TUIRole } from 'beckon';
import type { TUIInvitation, TUIUserInfo } from 'beckon';
import { byId, el, say } from './dom.js';
import type { Meeting } from './room.js';
import { words } from './words.js';

export interface RoomActions {
  revoke(userId: string): void;
  kick(userId: string): void;
  promote(userId: string, role: TUIRole): void;
}

export class RoomView {
  constructor(private readonly on: RoomActions) {}

  render(account: string, meeting: Meeting | undefined): void {
    const entered = byId('room-in').hidden && meeting;
    byId('room-enter').hidden = meeting !== undefined;
    byId('room-in').hidden = meeting === undefined;
    byId('main').classList.toggle('meeting', meeting !== undefined);
    if (!meeting) return;
    say(byId('room-name'), meeting.info.roomName || meeting.info.roomId);
    const mine = meeting.members.find(({ userId }) => userId === account)?.userRole ?? TUIRole.kGeneralUser;
    say(byId('my-role'), roleOf(mine));
    byId('my-role').dataset['role'] = String(mine);
    say(byId('room-leave-label'), mine === TUIRole.kRoomOwner ? words().endForAll : words().leave);
    this.list('members', meeting.members, (member) => this.member(member, account, mine));
    this.list('invitations', meeting.invitations, (invitation) => this.invitation(invitation, account, mine));
    if (entered) byId('room-name').focus();
  }

  /** list fills a list, and keeps the focus in it where it was. */
  private list<T>(id: string, items: T[], row: (item: T) => HTMLElement): void {
    const focused = document.activeElement?.closest(`#${id} button`)?.getAttribute('aria-label');
    byId(id).replaceChildren(...items.map(row));
    if (focused) byId(id).querySelector<HTMLElement>(`button[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  private member({ userId, userRole }: TUIUserInfo, account: string, mine: TUIRole): HTMLElement {
    const w = words();
    const buttons: HTMLElement[] = [];
    if (userId !== account && mine === TUIRole.kRoomOwner) {
      const next = userRole === TUIRole.kAdministrator ? TUIRole.kGeneralUser : TUIRole.kAdministrator;
      buttons.push(
        button(next === TUIRole.kAdministrator ? w.makeAdmin : w.unmakeAdmin, userId, () => this.on.promote(userId, next)),
        button(w.makeOwner, userId, () => this.on.promote(userId, TUIRole.kRoomOwner)),
      );
    }
    if (userId !== account && mine < userRole) buttons.push(button(w.remove, userId, () => this.on.kick(userId)));
    return el('li', { 'data-account': userId, 'data-role': String(userRole) },
      el('span', { class: 'who' }, userId === account ? w.you(userId) : userId),
      el('span', { class: 'role', 'data-role': String(userRole) }, roleOf(userRole)),
      el('span', { class: 'does' }, ...buttons),
    );
  }

  private invitation({ invitee, inviter, status }: TUIInvitation, account: string, mine: TUIRole): HTMLElement {
    const w = words();
    const { userId } = invitee;
    const mayRevoke = status === TUIInvitationStatus.kPending && (inviter.userId === account || mine !== TUIRole.kGeneralUser);
    return el('li', { 'data-account': userId, 'data-status': String(status) },
      el('span', { class: 'who' }, userId),
      el('span', { class: 'asked-state', 'data-status': String(status) }, w.invitationStates[status] ?? ''),
      el('span', { class: 'does' }, ...(mayRevoke ? [button(w.revoke, userId, () => this.on.revoke(userId))] : [])),
    );
  }
}

export function roleOf(role: TUIRole): string {
  return words().roles[role] ?? '';
}

function button(text: string, about: string, press: () => void): HTMLElement {
  const made = el('button', { type: 'button', class: 'quiet', 'aria-label': `${text}: ${about}` }, text);
  made.addEventListener('click', press);
  return made;
}
