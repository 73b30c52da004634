-- What both crowds are made of: a clock, secrets as forms carry them, and how a crowd ends.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now); int kill(int process, int signal); int getpid(void);
]]
local characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

function now()
  local found = ffi.new("moment")
  ffi.C.clock_gettime(1, found)
  return tonumber(found.seconds) + tonumber(found.nanoseconds) / 1e9
end

function seed()
  local a, b, c, d = io.open("/dev/urandom", "rb"):read(4):byte(1, 4)
  math.randomseed(a + b * 256 + c * 65536 + d * 16777216)
end

-- Ten characters of each buyer's own after twelve that nobody else's crowd has: drawing all of them anew would take a
-- good part of the processors that are measured.
local crowd, count
function secret()
  if not crowd then
    local drawn = {}
    for at = 1, 12 do local n = math.random(64) drawn[at] = characters:sub(n, n) end
    crowd, count = table.concat(drawn), 0
  end
  count = count + 1
  return string.format("%s%010d", crowd, count)
end

-- A request whose body ends with a secret, all but that: nothing else of it changes from one buyer to the next.
function allButSecret(path, fields)
  local whole = wrk.format("POST", path, nil, fields .. string.rep("x", 22))
  return whole:sub(1, #whole - 22)
end

-- wrk ends at the signal, as soon as it was given to it.
function finish()
  took = now() - began
  ffi.C.kill(ffi.C.getpid(), 2)
end

-- One thread a process of wrk; what it counted, as a line of JSON. `holding`: seconds until the last was held.
function report(thread, held, full, holding, summary, latency)
  local errors = summary.errors
  io.write(string.format('{"held":%d,"full":%d,"other":%d,"seconds":%.4f,"holding":%.4f,"p50":%.2f,"p99":%.2f,"worst":%.2f,"errors":%d}\n',
    held, full, thread:get("other"), thread:get("took"), holding, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, errors.connect + errors.read + errors.write + errors.timeout))
end
