// The page's address says who it is: ?account=ada&relay=http://127.0.0.1:8080, and with &worker or &tabs where the work is done.
import { NIM, configure, type NIMSignalingNotify } from 'beckon';

const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const say = (text: string) => (find<HTMLOutputElement>('status').value = text);
const address = new URLSearchParams(location.search);
configure({ url: address.get('relay') ?? undefined, worker: address.has('worker'), tabs: address.has('tabs') ? 'shared' : 'own' });

const nim = NIM.getInstance({
  appKey: 'my-app',
  account: address.get('account') ?? 'ada',
  token: 'any',
  onconnect: () => say('ready'),
  onwillreconnect: () => say('connecting'),
});

let invitation: NIMSignalingNotify | undefined;

nim.on('signalingNotify', (event) => {
  if (event.eventType === 'INVITE') {
    invitation = event;
    find('answer').hidden = false;
    say(`${event.from} rings`);
  } else if (event.eventType === 'ACCEPT') say(`${event.from} answered`);
});

find('phone').onsubmit = async (submit) => {
  submit.preventDefault();
  const account = find<HTMLInputElement>('callee').value;
  await nim.signalingCallEx({ type: 1, account, requestId: crypto.randomUUID(), offlineEnabled: true });
  say(`${account} is called`);
};

find('answer').onclick = async () => {
  const { channelId, requestId, from } = invitation!;
  await nim.signalingJoinAndAccept({ channelId, requestId: requestId!, account: from });
  say(`talking to ${from}`);
};
