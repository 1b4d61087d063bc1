-- Sends, in random order, the requests that lie in a file, one per line: path, tab, headers parted by tabs.
local requests = {}

function init(args)
   math.randomseed(20261123)
   for line in io.lines(args[1]) do
      local path, headers = nil, { ["Host"] = wrk.host }
      for part in line:gmatch("[^\t]+") do
         if path then
            local name, value = part:match("^([^:]+): (.*)$")
            headers[name] = value
         else
            path = part
         end
      end
      requests[#requests + 1] = wrk.format("GET", path, headers)
   end
end

function request() return requests[math.random(#requests)] end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format('{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"lost":%d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
