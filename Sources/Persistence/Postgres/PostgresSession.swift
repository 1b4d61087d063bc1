/// One PostgreSQL connection during one transaction.
final class PostgresSession: Session {
    private let pipeline: PostgresPipeline
    private let access: PostgresConnection.Access
    private(set) var hasBegun = false
    private(set) var isLost = false
    var news: Set<Bell.Topic> = []

    init(_ pipeline: PostgresPipeline, _ access: PostgresConnection.Access) {
        (self.pipeline, self.access) = (pipeline, access)
    }

    var dialect: Dialect { .postgres }

    /// The first statement takes BEGIN along, which saves a way to the server and back.
    func run(_ sql: SQL) throws -> Answer {
        guard !isLost else { throw TransactionIsLost() }
        guard !sql.holdsNul else { throw UnstorableText() }
        let begin = hasBegun ? nil : access.begin
        hasBegun = true
        do {
            return try pipeline.run(sql, after: begin)
        } catch {
            isLost = true
            throw failure(error)
        }
    }

    private func failure(_ error: any Error) -> any Error {
        guard access == .readWrite, let error = error as? PostgresError, error.isReadOnlyServer else { return error }
        pipeline.close()
        return PostgresConnectionLost(message: error.message)
    }
}

extension PostgresConnection.Access {
    fileprivate var begin: String {
        switch self {
        case .readWrite: "BEGIN"
        // So that everything read in one go belongs to one moment.
        case .readOnly: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }
}
