import { script } from './redis-link.ts';

/*
 * What Redis knows of the work, beside BullMQ's own keys. Each script is one step, so that a process may die between any
 * two of them.
 *
 *   lane:OWNER:KEY  hash: task, version, seq, attempt, starts, queuedAt, cancelled, state (line | run | late), anew (1 where
 *                   that is asked for and no job has begun it), and of what runs: ran (its version), ranSeq and ranAnew
 *   lanes:OWNER     set of keys that have a lane
 *   line:OWNER      list of keys that are ready, oldest first; entries without a lane in that state are skipped
 *   slot:OWNER      hash: slot → key and token of who runs it
 *   hold:OWNER      while it stands nothing of this owner is begun
 *   owners          set of owners with lanes
 *   late            sorted set of OWNER\nKEY by the time at which they are ready
 *   dead            hash: OWNER\nKEY → job and why
 */

const LANE = `
local function laneOf(owner, key) return P .. 'lane:' .. owner .. ':' .. key end
local function ready(owner, key)
  redis.call('HSET', laneOf(owner, key), 'state', 'line')
  redis.call('RPUSH', P .. 'line:' .. owner, key)
end
local function forget(owner, key)
  redis.call('DEL', laneOf(owner, key))
  redis.call('SREM', P .. 'lanes:' .. owner, key)
  redis.call('ZREM', P .. 'late', owner .. '\\n' .. key)
end
`;

/** owner, key, task, version, queuedAt, channel, anew (1 | 0) → the lane's number, by which a slot is chosen */
export const ADD = script<number>(`${LANE}
local owner, key, task, version, queuedAt, channel, anew = unpack(ARGV)
local lane = laneOf(owner, key)
local seq = redis.call('INCR', P .. 'seq')
local state = redis.call('HGET', lane, 'state')
redis.call('HSET', lane, 'task', task, 'version', version, 'seq', seq, 'attempt', 0, 'starts', 0, 'queuedAt', queuedAt)
redis.call('HDEL', lane, 'cancelled')
if anew == '1' then redis.call('HSET', lane, 'anew', 1) end
redis.call('SADD', P .. 'lanes:' .. owner, key)
redis.call('SADD', P .. 'owners', owner)
redis.call('HDEL', P .. 'dead', owner .. '\\n' .. key)
if state == 'late' then redis.call('ZREM', P .. 'late', owner .. '\\n' .. key) end
if state == 'run' then
  local ran = redis.call('HGET', lane, 'ran')
  if version ~= '' and ran ~= '' and version ~= ran then
    redis.call('PUBLISH', channel, cjson.encode({ owner = owner, key = key, version = version }))
  end
elseif state ~= 'line' then ready(owner, key) end
return seq
`);

export type Taken = [
  key: string,
  task: string,
  version: string,
  seq: string,
  attempt: number,
  starts: number,
  queuedAt: string,
  unfinished: 'this' | 'older' | '',
  anew: number,
];

/** owner, slot, token → the next job of the owner, or the one that was left in the slot */
export const TAKE = script<Taken | null>(`${LANE}
local owner, slot, token = unpack(ARGV)
local slots = P .. 'slot:' .. owner
local left = redis.call('HGET', slots, slot)
local key = left and string.match(left, '^[^\\n]*\\n(.*)$')
if key and redis.call('HGET', laneOf(owner, key), 'cancelled') then forget(owner, key) end
if key and redis.call('HGET', laneOf(owner, key), 'state') ~= 'run' then key = false end
local isLeft = key
if not key then
  redis.call('HDEL', slots, slot)
  if redis.call('EXISTS', P .. 'hold:' .. owner) == 1 then return false end
  repeat
    key = redis.call('LPOP', P .. 'line:' .. owner)
  until not key or redis.call('HGET', laneOf(owner, key), 'state') == 'line'
end
if not key then
  if redis.call('SCARD', P .. 'lanes:' .. owner) == 0 then redis.call('SREM', P .. 'owners', owner) end
  return false
end
local lane = laneOf(owner, key)
redis.call('HSET', slots, slot, token .. '\\n' .. key)
local task, version, seq, queuedAt = unpack(redis.call('HMGET', lane, 'task', 'version', 'seq', 'queuedAt'))
redis.call('HSET', lane, 'state', 'run', 'ran', version)
local unfinished = isLeft and (redis.call('HGET', lane, 'ranSeq') == seq and 'this' or 'older') or ''
local anew = redis.call('HGET', lane, 'anew') == '1' or (isLeft and redis.call('HGET', lane, 'ranAnew') == '1')
redis.call('HSET', lane, 'ranSeq', seq, 'anew', 0, 'ranAnew', anew and 1 or 0)
local attempt = redis.call('HINCRBY', lane, 'attempt', unfinished == 'this' and 0 or 1)
local starts = redis.call('HINCRBY', lane, 'starts', 1)
return { key, task, version, seq, attempt, starts, queuedAt, unfinished, anew and 1 or 0 }
`);

/**
 * owner, slot, token, key, seq, how (done | again | dead), due, task or '', hold in ms, job for the dead letters
 * → whether more is ready
 */
export const FINISH = script<number>(`${LANE}
local owner, slot, token, key, seq, how, due, task, hold, dead = unpack(ARGV)
local slots = P .. 'slot:' .. owner
if redis.call('HGET', slots, slot) == token .. '\\n' .. key then
  redis.call('HDEL', slots, slot)
  local lane = laneOf(owner, key)
  local newest = redis.call('HGET', lane, 'seq')
  if newest and how == 'again' and redis.call('HGET', lane, 'ranAnew') == '1' then redis.call('HSET', lane, 'anew', 1) end
  if redis.call('HGET', lane, 'cancelled') then forget(owner, key)
  elseif newest and newest ~= seq then ready(owner, key)
  elseif newest and how == 'again' then
    redis.call('HSET', lane, 'state', 'late', 'starts', 0)
    if task ~= '' then redis.call('HSET', lane, 'task', task, 'attempt', 0) end
    redis.call('ZADD', P .. 'late', due, owner .. '\\n' .. key)
  elseif newest then
    forget(owner, key)
    if how == 'dead' then redis.call('HSET', P .. 'dead', owner .. '\\n' .. key, dead) end
  end
  if tonumber(hold) > 0 then redis.call('SET', P .. 'hold:' .. owner, 1, 'PX', hold) end
end
if redis.call('SCARD', P .. 'lanes:' .. owner) == 0 then redis.call('SREM', P .. 'owners', owner) end
return redis.call('LLEN', P .. 'line:' .. owner)
`);

/** now → owners of which something has become ready */
export const WAKE = script<string[]>(`${LANE}
local owners = {}
for _, each in ipairs(redis.call('ZRANGEBYSCORE', P .. 'late', 0, ARGV[1], 'LIMIT', 0, 1000)) do
  redis.call('ZREM', P .. 'late', each)
  local owner, key = string.match(each, '^([^\\n]*)\\n(.*)$')
  if redis.call('HGET', laneOf(owner, key), 'state') == 'late' then
    ready(owner, key)
    table.insert(owners, owner)
  end
end
return owners
`);

/** slots of an owner → owner, slot, owner, slot… that must have a turn, whatever was lost on the way to it */
export const LEFT = script<string[]>(`
local share = tonumber(ARGV[1])
local left = {}
for _, owner in ipairs(redis.call('SMEMBERS', P .. 'owners')) do
  local held = redis.call('EXISTS', P .. 'hold:' .. owner) == 1
  local waiting = held and 0 or redis.call('LLEN', P .. 'line:' .. owner)
  for slot = 0, share - 1 do
    if slot < waiting or redis.call('HEXISTS', P .. 'slot:' .. owner, slot) == 1 then
      table.insert(left, owner)
      table.insert(left, tostring(slot))
    end
  end
end
return left
`);

/** owner, key or '' for all of them, channel */
export const CANCEL = script<number>(`${LANE}
local owner, only, channel = unpack(ARGV)
local keys = only == '' and redis.call('SMEMBERS', P .. 'lanes:' .. owner) or { only }
for _, key in ipairs(keys) do
  local lane = laneOf(owner, key)
  if redis.call('HGET', lane, 'state') == 'run' then
    -- It stands until whoever runs it has stopped: a newer job of the key must not run beside.
    redis.call('HSET', lane, 'cancelled', 1)
    redis.call('PUBLISH', channel, cjson.encode({ owner = owner, key = key }))
  else forget(owner, key) end
  redis.call('HDEL', P .. 'dead', owner .. '\\n' .. key)
end
if only == '' then redis.call('DEL', P .. 'line:' .. owner) end
return #keys
`);

/** → waiting, running, delayed, dead */
export const COUNT = script<[number, number, number, number]>(`
local waiting, running = 0, 0
for _, owner in ipairs(redis.call('SMEMBERS', P .. 'owners')) do
  waiting = waiting + redis.call('LLEN', P .. 'line:' .. owner)
  running = running + redis.call('HLEN', P .. 'slot:' .. owner)
end
return { waiting, running, redis.call('ZCARD', P .. 'late'), redis.call('HLEN', P .. 'dead') }
`);
