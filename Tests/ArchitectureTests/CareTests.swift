import Testing

@Suite struct `What could go wrong is explained where it stands` {
    @Test func `trusted markup says why it may be trusted`() {
        for file in SourceFile.sources {
            for index in file.lines(holding: "HTML(trusted:") where !file.isExplained(index, reach: 1) {
                Issue.record("\(file.place(index)) gives no reason on the line above")
            }
        }
    }

    /// Some lines may lie between the reason and a `try?` at the end of a chain of alternatives.
    @Test func `an error that is thrown away says why nobody misses it`() {
        for file in SourceFile.sources {
            for index in file.lines(holding: "try?") where !file.isExplained(index, reach: 11) {
                Issue.record("\(file.place(index)) gives no reason")
            }
        }
    }

    @Test func `what the compiler is told to believe has a reason`() {
        for file in SourceFile.sources + SourceFile.tests where file.target != "ArchitectureTests" {
            for index in file.lines(holding: "@unchecked Sendable", "nonisolated(unsafe)")
            where !file.isExplained(index, reach: 6) {
                Issue.record("\(file.place(index)) gives no reason")
            }
        }
    }

    /// Foundation's reads beyond its memory, and ends the whole process, where several programs are started at once.
    @Test func `other programs are started by Subprocess`() {
        for file in SourceFile.sources + SourceFile.tests where file.target != "ArchitectureTests" {
            for index in file.lines(holding: " Process()") { Issue.record("\(file.place(index)) starts it itself") }
        }
    }

    @Test func `nothing is left for later`() {
        for file in SourceFile.sources + SourceFile.tests where file.target != "ArchitectureTests" {
            for index in file.lines.indices {
                let isLeft = ["TODO", "FIXME", "XXX:", "HACK"].contains { file.lines[index].contains($0) }
                if isLeft { Issue.record("\(file.place(index)) is left for later") }
            }
        }
    }

    @Test func `only the composition root prints`() {
        for file in SourceFile.sources where file.target != "Server" {
            for index in file.lines(holding: "print(", "debugPrint(", "dump(", "NSLog(")
            where !file.lines[index].contains("func ") {
                Issue.record("\(file.place(index)) prints; a service logs")
            }
        }
    }

    @Test func `a file holds one idea`() {
        for file in SourceFile.sources + SourceFile.tests {
            #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
        }
    }

    /// Statements are literals with bound values; a statement put together from a variable is where an injection
    /// would come in.
    @Test func `no statement is made of a string that arrived from elsewhere`() {
        for file in SourceFile.sources where !["Persistence", "Testing"].contains(file.target) {
            for index in file.lines(holding: "SQL(stringLiteral:") {
                Issue.record("\(file.place(index)) makes SQL of a string")
            }
        }
    }
}
