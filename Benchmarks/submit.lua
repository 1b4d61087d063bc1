-- Sends whole dossiers, no two alike. Arguments: the tokens of those who file, with commas between them, the file with
-- the dossier as JSON, the PDF, a word that no other run has.
local tokens, head, tail, answers, run
local count, boundary = 0, "motcua-bench-4f1d7a"
local threads = 0

-- Each of wrk's threads has its own `count`, so the threads are numbered too: two alike would be one dossier.
function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

local function content(path)
   local file = assert(io.open(path, "rb"))
   local text = file:read("*a")
   file:close()
   return text
end

function init(args)
   tokens, run = {}, args[4]
   for token in args[1]:gmatch("[^,]+") do tokens[#tokens + 1] = token end
   answers = content(args[2])
   local pdf = content(args[3])
   -- A comment behind the first line makes every file another one, so that content addressing saves nothing.
   local first = pdf:find("\n", 1, true)
   head, tail = pdf:sub(1, first), pdf:sub(first + 1)
end

function request()
   count = count + 1
   local mark = string.format("%s-%d-%09d", run, number, count)
   local body = table.concat({
      "--", boundary, "\r\nContent-Disposition: form-data; name=\"dossier\"\r\n\r\n", (answers:gsub("@mark@", mark)),
      "\r\n--", boundary, "\r\nContent-Disposition: form-data; name=\"paper-mandate\"; filename=\"uy-quyen.pdf\"\r\n",
      "Content-Type: application/pdf\r\n\r\n", head, "% ", mark, "\n", tail, "\r\n--", boundary, "--\r\n",
   })
   return wrk.format("POST", "/api/v1/dossiers", {
      ["Host"] = wrk.host,
      ["Authorization"] = "Bearer " .. tokens[(number + 2 * count) % #tokens + 1],
      ["Content-Type"] = "multipart/form-data; boundary=" .. boundary,
      ["Content-Length"] = #body,
      ["Idempotency-Key"] = mark,
   }, body)
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format('{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"lost":%d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
