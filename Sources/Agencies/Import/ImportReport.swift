package import Web

/// What an import did, file by file, and what it could not use.
package struct ImportReport: Codable, Hashable, Sendable {
    package struct Source: Codable, Hashable, Sendable {
        /// Path inside the folder that was imported.
        package let file: String
        package let rows: Int
        package let added: Int
        package let changed: Int
        package let removed: Int
        package let unchanged: Int
    }

    package struct Fault: Codable, Hashable, Sendable {
        package let file: String
        /// Counted from 1; nil when the whole file is meant.
        package let line: Int?
        /// What is wrong, and how to mend it.
        package let words: Words
    }

    package internal(set) var sources: [Source] = []
    package internal(set) var faults: [Fault] = []
    /// What the reader should know of data that is not there.
    package internal(set) var notes: [Words] = []
}
