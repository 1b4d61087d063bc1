import CPostgres
import Glibc

/// One libpq connection in pipeline mode: several commands travel together, and their answers are read when somebody
/// wants to know them. On a machine with few cores every way to the server and back costs two changes of process,
/// more than the command itself.
final class PostgresPipeline {
    private let conninfo: String
    private var handle: OpaquePointer?
    private var prepared: [String: PreparedStatement] = [:]
    private var preparedCount = 0
    /// Commands sent without waiting, whose answers have not been read.
    private var unread = 0

    init(_ conninfo: String) { self.conninfo = conninfo }

    deinit { PQfinish(handle) }

    func open() throws {
        close()
        handle = connect()
        guard isOpen, PQenterPipelineMode(handle) == 1 else { throw lost() }
        // Notices, such as "relation exists, skipping", would be printed to standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // Every query has the index it is meant for, so a plan is made once: to plan most of ours anew for each value
        // takes longer than to run them.
        try command("SET plan_cache_mode = force_generic_plan")
    }

    /// What the conninfo says comes later and wins. Without bounds a machine that has vanished holds a thread for minutes.
    private func connect() -> OpaquePointer? {
        let bounds = ["connect_timeout": "5", "tcp_user_timeout": "20000"]
        let keywords = bounds.keys.map { strdup($0) } + [strdup("dbname"), nil]
        let values = bounds.values.map { strdup($0) } + [strdup(conninfo), nil]
        defer { for text in keywords + values { free(text) } }
        return PQconnectdbParams(keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    func close() {
        PQfinish(handle)
        handle = nil
        prepared = [:]
        unread = 0
    }

    private var isOpen: Bool { handle != nil && PQstatus(handle) == CONNECTION_OK }

    /// Reads what is left to read, and connects anew when the connection was lost while nobody used it.
    func makeReady() throws {
        // Looks at the socket without waiting, where a server that has gone away has said so: twice, because its last
        // words come before the end.
        guard isOpen, PQconsumeInput(handle) == 1, PQconsumeInput(handle) == 1 else { return try open() }
        do {
            while unread > 0 {
                PQclear(try answer().result)
                unread -= 1
            }
        } catch is PostgresConnectionLost {
            try open()
        }
    }

    /// Runs `sql`, in one go with the command that has to precede it.
    func run(_ sql: SQL, after preceding: String?) throws -> Answer {
        let text = sql.text(for: .postgres)
        var statement = prepared[text]
        var commandsUntilPrepared = 1
        if let preceding {
            // Before the statement is parsed: that counts as a query, before which BEGIN must have chosen its isolation.
            try send(preceding)
            commandsUntilPrepared += 1
        }
        if statement?.matches(sql.values) != true {
            if prepared.count >= PostgresPipeline.mostPrepared {
                try send("DEALLOCATE ALL")
                prepared = [:]
                commandsUntilPrepared += 1
            }
            statement = try sendPrepare(text, for: sql.values)
        }
        guard let statement else { throw lost() }
        try send(statement, sql.values)
        try sync()
        let (result, successes) = try answer()
        defer { PQclear(result) }
        // Known from now on when it was parsed, also when it then failed.
        if prepared[text] !== statement, successes >= commandsUntilPrepared { prepared[text] = statement }
        try check(result)
        return Answer(rows: statement.table(from: result).rows, changes: changes(result))
    }

    /// How many statements a connection keeps: texts built from lists and filters vary, and each costs memory there.
    private static let mostPrepared = 500

    func command(_ text: String) throws {
        try send(text)
        try sync()
        let result = try answer().result
        defer { PQclear(result) }
        try check(result)
    }

    /// Its answer is read before the connection is used again.
    func commandWithoutWaiting(_ text: String) throws {
        try send(text)
        try sync()
        unread += 1
    }

    // Sending

    private func send(_ text: String) throws {
        guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
    }

    private func sendPrepare(_ text: String, for values: [SQLValue]) throws -> PreparedStatement {
        preparedCount += 1
        let statement = PreparedStatement(name: "s\(preparedCount)", types: values.map(\.type))
        guard PQsendPrepare(handle, statement.name, text, Int32(values.count), statement.types) == 1 else {
            throw lost()
        }
        return statement
    }

    private func send(_ statement: PreparedStatement, _ values: [SQLValue]) throws {
        let isSent = withParameters(values) { pointers, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, Int32(values.count), pointers, lengths, formats, 0)
        }
        guard isSent == 1 else { throw lost() }
    }

    private func sync() throws {
        guard PQpipelineSync(handle) == 1 else { throw lost() }
    }

    // Reading

    /// The answers up to the next synchronisation: the first failure or the last success, and how many succeeded
    /// before. The server skips whatever follows a failure.
    func answer() throws -> (result: OpaquePointer?, successes: Int) {
        var kept: OpaquePointer?
        var successes = 0
        var hasFailed = false
        var silences = 0
        while true {
            guard let result = PQgetResult(handle) else {
                // Nil stands between two commands, and for ever behind the last: a server that ended has been seen to leave
                // libpq with nothing to wait for and a connection that it calls open.
                silences += 1
                if isOpen, silences < 3 { continue }
                PQclear(kept)
                throw lost()
            }
            silences = 0
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                return (kept, successes)
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                PQclear(kept)
                kept = result
                successes += 1
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            default:
                PQclear(hasFailed ? result : kept)
                if !hasFailed { kept = result }
                hasFailed = true
            }
        }
    }

    private func changes(_ result: OpaquePointer?) -> Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    private func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
        default: break
        }
        guard isOpen else { throw lost() }
        let error = PostgresError(sqlState: field(result, "C"), message: field(result, "M"))
        throw error.sqlState == "23505" ? AlreadyExists() : error
    }

    /// Gives the connection up: what was half sent or half read cannot be told apart any more.
    private func lost() -> PostgresConnectionLost {
        let message = String(cString: PQerrorMessage(handle))
        close()
        return PostgresConnectionLost(message: message)
    }

    /// A part of the error by libpq's letter for it, since Swift does not see macros of characters: `C` is the
    /// SQLSTATE, `M` the sentence without the detail beneath it, which quotes the row and with it personal data.
    private func field(_ result: OpaquePointer?, _ letter: Unicode.Scalar) -> String {
        PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) } ?? ""
    }
}
