-- Buyers for wrk who go the whole way: places are set aside, then confirmed with a name. What an answer leads to is
-- asked next; the first time an order is named it is held, the second time it is done. Arguments: base path, ticket
-- type, orders in all.
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
function setup(thread) table.insert(threads, thread) end

function init(args)
  path, typeId, mine = args[1], args[2], tonumber(args[3])
  asked, completed, other, took = 0, 0, 0, 60
  seen, first, last, waiting = {}, 1, 0, {}
  local a, b, c, d = io.open("/dev/urandom", "rb"):read(4):byte(1, 4)
  math.randomseed(a + b * 256 + c * 65536 + d * 16777216)
end

local function secret()
  local text = {}
  for at = 1, 22 do local n = math.random(64) text[at] = characters:sub(n, n) end
  return table.concat(text)
end

function request()
  if not isTried then isTried = true return wrk.format("GET", "/health") end
  if not began then began = now() end
  if first <= last then
    local order = waiting[first]
    waiting[first] = nil
    first = first + 1
    local code, key = order:match("(/orders/%w+)%?key=(.+)")
    return wrk.format("POST", code .. "/confirmation", nil, "key=" .. key .. "&name=Grace+Moore&address=grace%40example.org")
  end
  if asked >= mine then return wrk.format("GET", "/health") end
  asked = asked + 1
  return wrk.format("POST", path, nil, "q-" .. typeId .. "=1&key=" .. secret())
end

function response(status, headers)
  if status == 200 then return end
  local order = headers["location"] or headers["Location"]
  if status ~= 303 or not order then other = other + 1 return end
  if not seen[order] then
    seen[order] = true
    last = last + 1
    waiting[last] = order
    return
  end
  completed = completed + 1
  if completed == mine then
    took = now() - began
    ffi.C.kill(ffi.C.getpid(), 2)
  end
end

function done(summary, latency)
  local thread = threads[1]
  io.write(string.format('{"held":%d,"full":0,"other":%d,"seconds":%.4f,"p50":%.2f,"p99":%.2f,"worst":%.2f,"errors":%d}\n',
    thread:get("completed"), thread:get("other"), thread:get("took"), latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
