// A list of who was invited, page by page, and who answered what, in TypeScript. Role: host.
import TUIRoomEngine, {
  TUIConferenceInvitationManager,
  TUIConferenceInvitationManagerEvents,
  TUIInvitation,
  TUIInvitationStatus,
  TUIRoomInfo,
  TUIUserInfo,
} from '@tencentcloud/tuiroom-engine-js';
import assert from 'node:assert/strict';

interface Row {
  user: Pick<TUIUserInfo, 'userId' | 'userName'>;
  status: TUIInvitationStatus;
}

class InviteeTable {
  readonly rows = new Map<string, Row>();
  private readonly put = ({ invitation }: { roomInfo: TUIRoomInfo; invitation: TUIInvitation }) => this.set(invitation);
  private readonly drop = ({ invitation }: { invitation: TUIInvitation }) => void this.rows.delete(invitation.invitee.userId);

  constructor(
    private readonly manager: TUIConferenceInvitationManager,
    private readonly roomId: string,
  ) {
    manager.on(TUIConferenceInvitationManagerEvents.onInvitationAdded, this.put);
    manager.on(TUIConferenceInvitationManagerEvents.onInvitationStatusChanged, this.put);
    manager.on(TUIConferenceInvitationManagerEvents.onInvitationRemoved, this.drop);
  }

  /** Reads the list anew; answers how many pages it had. */
  async load(count: number): Promise<number> {
    this.rows.clear();
    let [cursor, pages] = ['', 0];
    do {
      const page = (await this.manager.getInvitationList({ roomId: this.roomId, cursor, count })) as unknown as {
        invitationList: TUIInvitation[];
        cursor: string;
      };
      for (const invitation of page.invitationList) this.set(invitation);
      cursor = page.cursor;
      pages++;
    } while (cursor);
    return pages;
  }

  of(status: TUIInvitationStatus): string[] {
    return [...this.rows.values()].filter((row) => row.status === status).map((row) => row.user.userId);
  }

  private set({ invitee: { userId, userName }, status }: TUIInvitation): void {
    this.rows.set(userId, { user: { userId, userName }, status });
  }
}

const { USER_ID = '', ROOM_ID = '' } = process.env;

async function main(): Promise<void> {
  await TUIRoomEngine.login({ sdkAppId: 1400000001, userId: USER_ID, userSig: 'signed' });
  const roomEngine: TUIRoomEngine = new TUIRoomEngine();
  await roomEngine.createRoom({ roomId: ROOM_ID, roomName: 'many' });
  await roomEngine.enterRoom({ roomId: ROOM_ID, roomType: 1 });
  const manager = roomEngine.getConferenceInvitationManager();
  const table = new InviteeTable(manager, ROOM_ID);

  const guests = Array.from({ length: 45 }, (_, i) => `${USER_ID}-guest-${i}`);
  const timed = guests.splice(0, 5);
  const timeouts = new Promise<void>((all) => {
    let left = timed.length;
    manager.on(TUIConferenceInvitationManagerEvents.onInvitationTimeout, () => --left || all());
  });
  await manager.inviteUsers({ roomId: ROOM_ID, userIdList: timed, timeout: 1 });
  await manager.inviteUsers({ roomId: ROOM_ID, userIdList: guests, timeout: 0 });
  assert.equal(await table.load(20), 3);
  assert.equal(table.rows.size, 45);
  await timeouts;
  await table.load(10);
  assert.deepEqual(table.of(TUIInvitationStatus.kTimeout), timed);
  assert.deepEqual(table.of(TUIInvitationStatus.kPending), guests);

  await manager.cancelInvitation({ roomId: ROOM_ID, userIdList: guests });
  await table.load(50);
  assert.deepEqual([...table.rows.keys()], timed);
  await roomEngine.destroyRoom();
  await TUIRoomEngine.logout();
  console.log('done');
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
