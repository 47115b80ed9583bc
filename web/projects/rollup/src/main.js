// The page's address says who it is: ?account=ada&relay=http://127.0.0.1:8080, and with &worker or &tabs where the work is done.
import TUIRoomEngine, { TUIConferenceInvitationManagerEvents, TUIRoomType, configure } from 'beckon/tui';

const find = (id) => document.getElementById(id);
const say = (text) => (find('status').value = text);
const address = new URLSearchParams(location.search);
configure({ url: address.get('relay') ?? undefined, worker: address.has('worker'), tabs: address.has('tabs') ? 'shared' : 'own' });

const engine = TUIRoomEngine.getInstance();
const invitations = engine.getConferenceInvitationManager();
let room;

invitations.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, ({ roomInfo, invitation }) => {
  room = roomInfo;
  find('answer').hidden = false;
  say(`${invitation.inviter.userId} rings`);
});
invitations.on(TUIConferenceInvitationManagerEvents.onInvitationAccepted, ({ invitation }) => say(`${invitation.invitee.userId} answered`));

await TUIRoomEngine.login({ sdkAppId: 1400000001, userId: address.get('account') ?? 'ada', userSig: 'any' });
say('ready');

find('phone').onsubmit = async (submit) => {
  submit.preventDefault();
  const account = find('callee').value;
  const roomId = crypto.randomUUID();
  await engine.createRoom({ roomId });
  await engine.enterRoom({ roomId, roomType: TUIRoomType.kConference });
  await invitations.inviteUsers({ roomId, userIdList: [account], timeout: 30 });
  say(`${account} is called`);
};

find('answer').onclick = async () => {
  await invitations.accept(room);
  await engine.enterRoom(room);
  say(`talking to ${room.ownerId}`);
};
