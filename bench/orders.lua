-- Buyers for wrk who go the whole way: places are set aside, then confirmed with a name. What an answer leads to is
-- asked next; the first time an order is named it is held, the second time it is done. Arguments: path, ticket type,
-- orders in all.
dofile("bench/buyers.lua")
local only
function setup(thread) only = thread end

function init(args)
  path, typeId, mine = args[1], args[2], tonumber(args[3])
  asked, completed, other, took = 0, 0, 0, 60
  seen, first, last, waiting = {}, 1, 0, {}
  seed()
end

function request()
  if not isTried then isTried = true return wrk.format("GET", "/health") end
  if not began then
    began = now()
    health = wrk.format("GET", "/health")
    wish = allButSecret(path, "q-" .. typeId .. "=1&key=")
  end
  if first <= last then
    local order = waiting[first]
    waiting[first] = nil
    first = first + 1
    local code, key = order:match("(/orders/%w+)%?key=(.+)")
    return wrk.format("POST", code .. "/confirmation", nil, "key=" .. key .. "&name=Grace+Moore&address=grace%40example.org")
  end
  if asked >= mine then return health end
  asked = asked + 1
  return wish .. secret()
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
  if completed == mine then finish() end
end

function done(summary, latency)
  report(only, only:get("completed"), 0, only:get("took"), summary, latency)
end
