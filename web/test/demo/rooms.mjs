// Conferences: by the TUI dialect, with everybody's picture.

import assert from 'node:assert/strict';
import { counting, seen } from './media.kit.mjs';
import { company, connect, story, wantNews, wantState } from './kit.mjs';

const room = () => `tea-${Math.random().toString(36).slice(2, 8)}`;

async function enter(page, name) {
  await page.click('#tab-room');
  await page.fill('#room-id', name);
  await page.press('#room-id', 'Enter');
  await page.locator('#room-in').waitFor();
}

const wantMembers = (page, ...accounts) =>
  page.waitForFunction((wanted) => [...document.querySelectorAll('#members li')].map((li) => li.dataset.account).join() === wanted, accounts.join());
const wantRole = (page, account, role) => page.locator(`#members li[data-account="${account}"] .role`, { hasText: role }).waitFor();
const wantInvited = (page, account, state) => page.locator(`#invitations li[data-account="${account}"]`, { hasText: state }).waitFor();
const wantAsked = (page) => page.locator('#asked[open]').waitFor();

async function invite(page, ...accounts) {
  await page.fill('#invitees', accounts.join(', '));
  await page.click('[data-testid=invite]');
}

company('three meet in a conference, and each sees the two others', async ({ ada, bob, cleo, tabs }) => {
  const [a, b, c] = await tabs(3);
  await enter(a, room());
  await wantRole(a, ada, 'Owner');
  await invite(a, bob, cleo);
  await Promise.all([wantInvited(a, bob, 'Ringing'), wantInvited(a, cleo, 'Ringing'), wantAsked(b), wantAsked(c)]);
  assert.equal(await b.textContent('#asker'), `${ada} invites you`);
  assert.equal(await b.locator('#incoming[open]').count(), 0, 'the phone does not ring for a conference');
  await b.click('#join');
  await wantMembers(a, ada, bob);
  await c.click('#join');
  await Promise.all([a, b, c].map((page) => wantMembers(page, ada, bob, cleo)));
  await Promise.all([a, b, c].map((page) => page.waitForFunction(() => document.querySelectorAll('.tile:not(.dark)').length === 3)));
  await seen(a, b, c);
  await a.click('#room-camera');
  await b.locator(`.tile.dark[data-account="${ada}"]`).waitFor();
});

company('the list of invitations lives: declined, taken back', async ({ ada, bob, cleo, tabs }) => {
  const [a, b, c] = await tabs(3);
  await enter(a, room());
  await invite(a, bob, cleo);
  await Promise.all([wantAsked(b), wantAsked(c)]);
  await b.click('#decline');
  await wantInvited(a, bob, 'Declined');
  await a.getByRole('button', { name: `Take back: ${cleo}` }).click();
  await c.locator('#asked').waitFor({ state: 'hidden' });
  await a.waitForFunction((gone) => !document.querySelector(`#invitations li[data-account="${gone}"][data-status="1"]`), cleo);
});

company('the owner makes an administrator, who removes a member; the owner passes the conference on and leaves', async ({ ada, bob, cleo, tabs }) => {
  const [a, b, c] = await tabs(3);
  const name = room();
  await enter(a, name);
  await enter(b, name);
  await enter(c, name);
  await wantMembers(b, ada, bob, cleo);
  assert.equal(await b.locator('#members button').count(), 0, 'members have no rights');
  await a.getByRole('button', { name: `Make admin: ${bob}` }).click();
  await wantRole(c, bob, 'Admin');
  await b.getByRole('button', { name: `Remove: ${cleo}` }).click();
  await c.getByTestId('room-news').filter({ hasText: 'You were removed' }).waitFor();
  await c.locator('#room-enter').waitFor();
  await wantMembers(a, ada, bob);
  await a.getByRole('button', { name: `Make owner: ${bob}` }).click();
  await wantRole(a, bob, 'Owner');
  await a.click('#room-leave');
  await wantMembers(b, bob);
  await b.click('#room-leave');
  await b.locator('#room-enter').waitFor();
});

company('a page reloaded in a conference comes back into it, and is seen again', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  const name = room();
  await enter(a, name);
  await enter(b, name);
  await seen(a, b);
  await b.reload();
  await b.locator('#room-in').waitFor();
  await seen(a, b);
});

company('when the owner ends the conference, it is over for all', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  const name = room();
  await enter(a, name);
  await enter(b, name);
  await wantMembers(a, ada, bob);
  await a.click('#room-leave');
  await b.getByTestId('room-news').filter({ hasText: 'The conference was ended.' }).waitFor();
});

company('who rings somebody in a conference is told that they are busy', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await enter(a, room());
  await b.fill('#callee', ada);
  await b.click('#ring');
  await wantNews(b, `${ada} is busy with another call.`);
  await wantState(b, 'idle');
});

company('who is in a call is not asked into a conference, and the list says that they declined', async ({ ada, bob, cleo, tabs }) => {
  const [a, b, c] = await tabs(3);
  await connect(a, b, bob);
  await enter(c, room());
  await invite(c, ada);
  await wantInvited(c, ada, 'Declined');
  assert.equal(await a.locator('#asked[open]').count(), 0);
  assert.equal(await a.getAttribute('#status', 'data-state'), 'connected');
});
