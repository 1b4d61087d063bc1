/// What stands around a process that reads strangers' files, beside its limits of time, memory, size and files.
package struct Walls: Codable, Equatable, Sendable {
    /// No program gains rights from there, nobody reads its memory, it ends with the server.
    package let aroundRights: Bool
    /// Only fonts, libraries and the files of its errand can be opened, and none written (Landlock, Linux 5.13).
    package let aroundFiles: Bool
    /// No network, no process, no file made, changed or removed (seccomp).
    package let aroundCalls: Bool

    package init(aroundRights: Bool, aroundFiles: Bool, aroundCalls: Bool) {
        self.aroundRights = aroundRights
        self.aroundFiles = aroundFiles
        self.aroundCalls = aroundCalls
    }

    var areComplete: Bool { aroundRights && aroundFiles && aroundCalls }
}
