// The fields that the vendor's documentation promises and its SDK does not
// have. Code written from either works, since we give both.

import type { NIMSignalingChannelFields, NIMSignalingChannelInfo, NIMSignalingChannelMember } from './types.js';

export function channelInfo(flat: NIMSignalingChannelFields): NIMSignalingChannelInfo {
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

export function member(real: NIMSignalingChannelMember): NIMSignalingChannelMember {
  return {
    ...real,
    account: real.accid,
    createTimestamp: Number(real.createTime),
    expireTimestamp: Number(real.expireTime),
  };
}
