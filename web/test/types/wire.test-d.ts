// What must compile against the types of the wire, and what must not. Nothing here runs.
// A frame, command or notice that is added in Go stops this file until it is told of here.

import { CloseCode, MaxFrame, Version, returnAfter } from '../../src/wire.gen.js';
import type { Channel, Commands, Member, RefusalCode, Return, ToPage, ToRelay } from '../../src/wire.gen.js';

export function heard(frame: ToPage): string | number | undefined {
  switch (frame.type) {
    case 'welcome':
      return frame.answers?.[0]?.error?.code ?? frame.channels?.[0]?.members?.[0]?.uid ?? frame.invitations?.[0]?.deadline;
    case 'refused':
      return frame.code ?? frame.after;
    case 'reply':
      return frame.error ? frame.error.limit : frame.ok?.channel?.id;
    case 'heartbeat':
      return frame.now;
    case 'notice':
      switch (frame.name) {
        case 'joined':
          return frame.fields.member?.account;
        case 'left':
          return frame.fields.account;
        case 'closed':
          return frame.fields.by;
        case 'invited':
          return frame.fields.invitees?.join() ?? frame.fields.push?.title;
        case 'ended':
          return frame.fields.invitations?.[0]?.requestId ?? frame.fields.reason;
        case 'controlled':
          return frame.fields.to;
        case 'messaged':
          return frame.fields.attach;
        case 'unlisted':
          return frame.fields.invitations?.[0]?.invitee;
        case 'memberChanged':
          return frame.fields.member?.role;
        case 'roomChanged':
          return frame.fields.title;
        case 'profileChanged':
          return frame.fields.user?.avatar;
      }
      return frame satisfies never;
  }
  return frame satisfies never;
}

export function asked(frame: ToRelay): string | number | boolean | undefined {
  switch (frame.type) {
    case 'hello':
      return frame.resume?.inFlight?.length ?? frame.token;
    case 'heartbeat':
      return frame.ack;
    case 'command':
      switch (frame.name) {
        case 'create':
          return frame.fields.ext;
        case 'join':
          return frame.fields.uid;
        case 'leave':
        case 'close':
          return frame.fields.channel;
        case 'invite':
        case 'cancel':
          return frame.fields.invitee;
        case 'accept':
          return frame.fields.autoJoin;
        case 'joinAndAccept':
        case 'reject':
          return frame.fields.inviter;
        case 'call':
          return frame.fields.reuse;
        case 'callEx':
          return frame.fields.push?.payload;
        case 'createAndJoin':
        case 'find':
          return frame.fields.name;
        case 'delay':
          return frame.fields.channel;
        case 'channels':
          return Object.keys(frame.fields).length;
        case 'control':
        case 'message':
          return frame.fields.to;
        case 'inbox':
          return frame.fields.after;
        case 'markRead':
          return frame.fields.positions?.length;
        case 'createRoom':
          return frame.fields.title;
        case 'enter':
          return frame.fields.password;
        case 'inviteAll':
          return frame.fields.invitees?.join() ?? frame.fields.timeout;
        case 'withdraw':
          return frame.fields.invitees?.length;
        case 'settle':
          return frame.fields.accept ?? frame.fields.reason;
        case 'kick':
          return frame.fields.account;
        case 'setRole':
          return frame.fields.role;
        case 'setCard':
          return frame.fields.card;
        case 'setTitle':
          return frame.fields.title;
        case 'setPassword':
          return frame.fields.password;
        case 'setProfile':
          return frame.fields.avatar;
        case 'invitations':
          return frame.fields.after ?? frame.fields.count;
      }
      return frame satisfies never;
  }
  return frame satisfies never;
}

// --- what a page may send ---------------------------------------------------

export const sends: ToRelay[] = [
  { type: 'hello', v: Version, app: 'dev', account: 'ada' },
  { type: 'heartbeat' },
  { type: 'command', n: 1, name: 'leave', fields: { channel: 'c' } },
  { type: 'command', n: 2, name: 'close', fields: {} },
];

// @ts-expect-error: the relay's
export const fromRelay: ToRelay = { type: 'welcome' };
// @ts-expect-error: no such frame
export const unknownType: ToRelay = { type: 'dance' };
// @ts-expect-error: no such command
export const unknownName: ToRelay = { type: 'command', n: 1, name: 'dance', fields: {} };
// @ts-expect-error: a command says what it asks for
export const nameless: ToRelay = { type: 'command', n: 1, fields: {} };
// @ts-expect-error: a field of another command
export const othersField: ToRelay = { type: 'command', n: 1, name: 'leave', fields: { channel: 'c', uid: '5' } };
// @ts-expect-error: a uid is text, since JavaScript's numbers are too small
export const numericUid: ToRelay = { type: 'command', n: 1, name: 'join', fields: { channel: 'c', uid: 5 } };
// @ts-expect-error: absent is not null
export const nulled: ToRelay = { type: 'heartbeat', ack: null };

// --- names, parts and codes -------------------------------------------------

export const names: (keyof Commands)[] = ['create', 'joinAndAccept', 'callEx'];
// @ts-expect-error: a notice's name
export const notAsked: keyof Commands = 'joined';

export const part: Required<Member> = { account: 'bob', device: 'd', uid: '1', joined: 0, role: 'owner', card: 'B', name: 'Bob', avatar: '' };
// @ts-expect-error: milliseconds
export const dated: Channel = { created: new Date() };

export const code: RefusalCode = 'no-such-channel';
// @ts-expect-error: no such code
export const noCode: RefusalCode = 'no-such-thing';

export const replaced: 4000 = CloseCode.Replaced;
export const closes: CloseCode[] = [1000, CloseCode.Busy];
// @ts-expect-error: no such close code
export const noClose: CloseCode = 4999;
export const returns: Return = returnAfter(closes[0] ?? 1006);
export const room: number = MaxFrame;
