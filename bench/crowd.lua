-- A crowd of buyers for wrk: every buyer asks once, with a secret of their own, and the whole ends when all were
-- answered. Arguments: path, ticket type, buyers, code or "-". With the code, every tenth buyer types it.
dofile("bench/buyers.lua")
local only
function setup(thread) only = thread end

function init(args)
  path, typeId, mine, code = args[1], args[2], tonumber(args[3]), args[4]
  asked, answered, held, full, other, took, holding = 0, 0, 0, 0, 0, 60, 60
  seed()
end

function request()
  -- wrk asks for one request before it begins, and does not send it.
  if not isTried then isTried = true return wrk.format("GET", "/health") end
  if asked == 0 then
    began = now()
    health = wrk.format("GET", "/health")
    plain = allButSecret(path, "q-" .. typeId .. "=1&gift=&code=&key=")
    coded = allButSecret(path, "q-" .. typeId .. "=1&gift=&code=" .. code .. "&key=")
  end
  asked = asked + 1
  -- Who has no buyer left asks for something small until the others are answered.
  if asked > mine then return health end
  return ((code ~= "-" and asked % 10 == 0) and coded or plain) .. secret()
end

function response(status)
  if status == 200 then return end
  answered = answered + 1
  if status == 303 then held, holding = held + 1, now() - began elseif status == 409 then full = full + 1 else other = other + 1 end
  if answered == mine then finish() end
end

function done(summary, latency)
  report(only, only:get("held"), only:get("full"), only:get("holding"), summary, latency)
end
