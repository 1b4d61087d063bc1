import Testing

@testable import Kernel

struct CSVTests {
    @Test
    func `quotes hold commas, quotes and line breaks`() throws {
        let csv = try CSV("\u{FEFF}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\n,\r\n\"\",last")
        #expect(csv.header == ["a", "b"])
        #expect(csv.records.map(\.fields) == [["1", "x, \"y\"\nz"], ["", ""], ["", "last"]])
        #expect(csv.records.map(\.line) == [2, 5, 6])
        #expect(csv.column("b") == 1)
        #expect(csv.column("c") == nil)
    }

    @Test(arguments: ["a,b\n1,2", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "\"a\",\"b\"\n\"1\",\"2\""])
    func `the last line may end or not`(text: String) throws {
        #expect(try CSV(text).records.map(\.fields) == [["1", "2"]])
    }

    @Test
    func `what is no table is refused`() {
        #expect(throws: CSV.Fault.empty) { try CSV("") }
        #expect(throws: CSV.Fault.quoteNeverEnds(line: 2)) { try CSV("a\n\"b\nc") }
    }
}
