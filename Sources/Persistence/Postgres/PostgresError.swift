/// PostgreSQL said no, in a way nobody above is expected to mend.
package struct PostgresError: Error, Equatable {
    package let sqlState: String
    package let message: String

    /// Serialisation failure or deadlock: nothing was done, and the same again may well succeed.
    var isConflict: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// Asked to write, a standby says this.
    var isReadOnlyServer: Bool { sqlState == "25006" }
}

/// The connection broke; whether the transaction was committed is unknown if it broke during the commit.
///
/// The next transaction connects anew.
package struct PostgresConnectionLost: Error, Equatable {
    package let message: String
}
