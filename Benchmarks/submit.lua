-- Sends whole dossiers, no two alike. Arguments: the token, the file with the dossier as JSON, the PDF, a word that
-- no other run has.
local token, head, tail, answers, run
local count, boundary = 0, "motcua-bench-4f1d7a"

local function content(path)
   local file = assert(io.open(path, "rb"))
   local text = file:read("*a")
   file:close()
   return text
end

function init(args)
   token, run = args[1], args[4]
   answers = content(args[2])
   local pdf = content(args[3])
   -- A comment behind the first line makes every file another one, so that content addressing saves nothing.
   local first = pdf:find("\n", 1, true)
   head, tail = pdf:sub(1, first), pdf:sub(first + 1)
end

function request()
   count = count + 1
   local mark = string.format("%s-%09d", run, count)
   local body = table.concat({
      "--", boundary, "\r\nContent-Disposition: form-data; name=\"dossier\"\r\n\r\n", (answers:gsub("@mark@", mark)),
      "\r\n--", boundary, "\r\nContent-Disposition: form-data; name=\"paper-mandate\"; filename=\"uy-quyen.pdf\"\r\n",
      "Content-Type: application/pdf\r\n\r\n", head, "% ", mark, "\n", tail, "\r\n--", boundary, "--\r\n",
   })
   return wrk.format("POST", "/api/v1/dossiers", {
      ["Host"] = wrk.host,
      ["Authorization"] = "Bearer " .. token,
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
