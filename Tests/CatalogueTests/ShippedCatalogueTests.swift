import Foundation
import Kernel
import Testing
import Web

@testable import Catalogue

/// The procedures that are shipped with the program.
enum Shipped {
    static let reading = CatalogueFolder(path: folder).read()

    static var folder: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Procedures").path
    }
}

struct ShippedCatalogueTests {
    @Test
    func `the shipped catalogue has no fault`() {
        let check = CatalogueCheck(Shipped.reading)
        #expect(check.isClean, "\(check.faults.map { $0.line(in: .en) }.joined(separator: "\n"))")
    }

    @Test
    func `results of the same day name the law that sends those received after 15 o'clock to the next`() {
        let revisions = Shipped.reading.catalogue.procedures.values.flatMap(\.revisions)
        let sameDay = revisions.filter { $0.channels.contains { $0.term?.unit == .sameDay } }
        #expect(sameDay.count >= 17)
        for revision in sameDay { #expect(revision.clock?.rule.cutoff == 15 * 60) }
    }
}
