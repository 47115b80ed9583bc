// The fields that the vendor's documentation promises and its SDK does not
// have. Code written from either works, since we give both.

import { settings } from '../configure.js';
import type { NIMSignalingChannelFields, NIMSignalingChannelInfo, NIMSignalingChannelMember } from './types.js';

/** Whether the page wants exactly what the vendor's SDK has. */
export const exact = (): boolean => settings().nim.exact === true;

/** superset is what the documentation says in its own words: of a channel, and of its members, if there are any. */
export function superset(channel?: any, members?: any[]): object {
  return {
    ...(channel && { channelInfo: channelInfo(channel) }),
    ...(members && { members: members.map(member) }),
  };
}

function channelInfo(flat: NIMSignalingChannelFields): NIMSignalingChannelInfo {
  return {
    channelId: flat.channelId,
    channelName: flat.channelName,
    type: Number(flat.type),
    ext: flat.ext ?? '',
    creatorId: flat.creator,
    createTimestamp: Number(flat.channelCreateTime),
    expireTimestamp: Number(flat.channelExpireTime),
    invalid: !!flat.channelInValid,
  };
}

function member(real: NIMSignalingChannelMember): NIMSignalingChannelMember {
  return {
    ...real,
    account: real.accid,
    createTimestamp: Number(real.createTime),
    expireTimestamp: Number(real.expireTime),
  };
}
