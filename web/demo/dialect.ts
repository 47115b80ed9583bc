// The phone in the other vendor's words: the same orders and events as signals.ts
// has, by TUIRoomEngine. A call is a room of two, whose id is the call's requestId.

import { TUIRoomEngine, TUIRoomType } from 'beckon';
import { BUSY, RINGS_FOR, VIDEO } from './call.js';
import type { Answer, Kind, Order } from './call.js';
import type { Log } from './log.js';
import { recall, remember, tab } from './remember.js';
import { isConference, logged } from './signals.js';
import type { SignalEvent } from './signals.js';

/** By which SDK this tab rings. It is rung by either. */
export type Dialect = 'nim' | 'tui';

export function dialect(): Dialect {
  return recall(tab, 'dialect') === 'tui' ? 'tui' : 'nim';
}

export function speakDialect(chosen: Dialect): void {
  remember(tab, 'dialect', chosen);
}

/** What the machine of call.ts knows refusals by. */
const codes: Record<number, number | string> = { [-1]: 'Error_Internet_Disconnected', 100002: 10408, 100003: 10405, 100004: 10404 };
const HAS_ACCEPT = 10410;

const engine = TUIRoomEngine.getInstance();
const manager = engine.getConferenceInvitationManager();

/** obeyTui carries out an order. It rejects with an error whose code is that of the other SDK. */
export async function obeyTui(log: Log, order: Order): Promise<Answer> {
  const ask = <T>(name: string, options: object, call: () => Promise<T>): Promise<T> =>
    logged(log, name, options, async () => ((await call()) ?? {}) as T & object) as Promise<T>;
  const enter = async (roomId: string): Promise<Answer> => {
    await ask('enterRoom', { roomId }, () => engine.enterRoom({ roomId, roomType: TUIRoomType.kConference }));
    const { userInfoList } = await engine.getUserList();
    return { channelId: roomId, members: userInfoList.map(({ userId }) => ({ accid: userId })) };
  };
  try {
    switch (order.do) {
      case 'callEx': {
        const room = { roomId: order.requestId, roomName: `call ${order.peer}`.slice(0, 24) };
        const made = ask('createRoom', room, () => engine.createRoom({ ...room, roomType: TUIRoomType.kConference }));
        await made.catch((error: { code?: number }) => error.code === 100003 || Promise.reject(error)); // made already: asked again
        await enter(room.roomId);
        const options = { roomId: room.roomId, userIdList: [order.peer], timeout: RINGS_FOR / 1000, extensionInfo: JSON.stringify({ kind: order.kind }) };
        await ask('inviteUsers', options, () => manager.inviteUsers(options));
        return { channelId: room.roomId, callStatus: '200' };
      }
      case 'cancel':
        return await ask('cancelInvitation', order, () => manager.cancelInvitation({ roomId: order.channelId, userIdList: [order.peer] })).then(
          () => ({}),
          async (error) => {
            const { userInfoList } = await engine.getUserList();
            throw userInfoList.some(({ userId }) => userId === order.peer) ? Object.assign(new Error(), { code: HAS_ACCEPT }) : error;
          },
        );
      case 'joinAndAccept':
        await ask('accept', { roomId: order.channelId }, () => manager.accept({ roomId: order.channelId }));
        return await enter(order.channelId);
      case 'reject': {
        const options = { roomId: order.channelId, reason: order.attachExt === BUSY ? 1 : 0 };
        await ask('reject', options, () => manager.reject(options));
        return {};
      }
      case 'join':
        return await enter(order.channelId);
      case 'close': {
        const own = (await engine.fetchRoomInfo()).roomOwner === (await TUIRoomEngine.getSelfInfo()).userId;
        if (own) await ask('destroyRoom', {}, () => engine.destroyRoom());
        else await ask('exitRoom', {}, () => engine.exitRoom());
        return {};
      }
    }
  } catch (error) {
    const { code = 'internal' } = error as { code?: number | string };
    throw Object.assign(new Error(String((error as Error).message)), { code: codes[code as number] ?? code });
  }
}

/** hearTui has the SDK's events told as the other's. It answers how to stop. */
export function hearTui(heard: (event: SignalEvent) => void, elsewhere: (event: SignalEvent) => void): () => void {
  const undo: (() => void)[] = [];
  const on = (source: typeof engine | typeof manager, name: string, tell: (event: any) => Partial<SignalEvent>, to = heard): void => {
    const listener = (event: any): void => {
      const channelId: string = event.roomId ?? event.roomInfo.roomId;
      if (isConference(channelId)) return; // room.ts sees to those
      to({ type: '', time: String(Date.now()), from: '', channelId, requestId: channelId, ...tell(event) });
    };
    source.on(name as never, listener);
    undo.push(() => source.off(name, listener));
  };
  on(manager, 'onReceiveInvitation', ({ invitation: { inviter, invitee }, extensionInfo }) => ({
    eventType: 'INVITE', from: inviter.userId, to: invitee.userId, type: String(kindIn(extensionInfo)),
  }));
  on(manager, 'onInvitationCancelled', ({ invitation }) => ({ eventType: 'CANCEL_INVITE', from: invitation.inviter.userId }));
  on(manager, 'onInvitationAccepted', ({ invitation }) => ({ eventType: 'ACCEPT', from: invitation.invitee.userId }));
  on(manager, 'onInvitationRejected', ({ invitation, reason }) => ({
    eventType: 'REJECT', from: invitation.invitee.userId, ...(reason === 1 && { attachExt: BUSY }),
  }));
  on(manager, 'onInvitationHandledByOtherDevice', ({ accepted }) => ({ eventType: accepted ? 'ACCEPT' : 'REJECT' }), elsewhere);
  on(engine, 'onRemoteUserEnterRoom', ({ userInfo }) => ({ eventType: 'ROOM_JOIN', from: userInfo.userId }));
  on(engine, 'onRemoteUserLeaveRoom', ({ userInfo }) => ({ eventType: 'LEAVE', from: userInfo.userId }));
  on(engine, 'onRoomDismissed', () => ({ eventType: 'ROOM_CLOSE' }));
  return () => undo.forEach((stop) => stop());
}

function kindIn(extensionInfo: string): Kind {
  try {
    return (JSON.parse(extensionInfo) as { kind?: Kind }).kind ?? VIDEO;
  } catch {
    return VIDEO;
  }
}
