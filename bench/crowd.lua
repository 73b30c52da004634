-- A crowd of buyers for wrk. Each thread plays its part of the crowd: every buyer asks once, with a secret of their
-- own, and the whole ends when all of them were answered: one thread a process of wrk. Arguments: path, ticket type, buyers, "1",
-- code or "-". With the code, every tenth buyer types it.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now); int kill(int process, int signal); int getpid(void);
]]
local function now()
  local found = ffi.new("moment")
  ffi.C.clock_gettime(1, found)
  return tonumber(found.seconds) + tonumber(found.nanoseconds) / 1e9
end

local characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local threads = {}
function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  path, typeId, code = args[1], args[2], args[5]
  mine = tonumber(args[3])
  asked, answered, held, full, other, took = 0, 0, 0, 0, 0, 60
  local seed = io.open("/dev/urandom", "rb"):read(4)
  local a, b, c, d = seed:byte(1, 4)
  math.randomseed(a + b * 256 + c * 65536 + d * 16777216)
end

local function secret()
  local text = {}
  for at = 1, 22 do local n = math.random(64) text[at] = characters:sub(n, n) end
  return table.concat(text)
end

function request()
  -- wrk asks for one request before it begins, and does not send it.
  if not isTried then isTried = true return wrk.format("GET", "/health") end
  if asked == 0 then began = now() end
  asked = asked + 1
  if asked > mine then return wrk.format("GET", "/health") end
  local typed = (code ~= "-" and asked % 10 == 0) and code or ""
  return wrk.format("POST", path, nil, "q-" .. typeId .. "=1&gift=&code=" .. typed .. "&key=" .. secret())
end

-- Who has no buyer left asks for something small until the others are answered; wrk ends at the signal.
function response(status)
  if status == 200 then return end
  answered = answered + 1
  if status == 303 then held = held + 1 elseif status == 409 then full = full + 1 else other = other + 1 end
  if answered == mine then
    took = now() - began
    ffi.C.kill(ffi.C.getpid(), 2)
  end
end

function done(summary, latency)
  local sums = { held = 0, full = 0, other = 0 }
  local seconds = 0
  for _, thread in ipairs(threads) do
    seconds = math.max(seconds, thread:get("took") or 60)
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  io.write(string.format('{"held":%d,"full":%d,"other":%d,"seconds":%.4f,"p50":%.2f,"p99":%.2f,"worst":%.2f,"errors":%d}\n',
    sums.held, sums.full, sums.other, seconds, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
