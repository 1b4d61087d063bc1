import Testing

@testable import Persistence

@Suite struct `A conninfo` {
    @Test(arguments: [
        "host=db dbname=motcua user=clerk password='it s'", "postgres://clerk:it%20s@db/motcua",
    ])
    func `shows everything but the password, which travels in the environment`(text: String) throws {
        let conninfo = try Conninfo(text)
        #expect(conninfo.visible.contains("host='db'") && conninfo.visible.contains("dbname='motcua'"))
        #expect(!conninfo.visible.contains("password"))
        #expect(conninfo.hidden["PGPASSWORD"]?.hasPrefix("it") == true)
    }

    @Test func `is the same after it was taken apart, but for what was changed`() throws {
        var conninfo = try Conninfo("host=/run/db options='-c search_path=ours' password='a\\\\b\\'c'")
        conninfo["dbname"] = "other"
        let again = try Conninfo(conninfo.text)
        #expect(again["options"] == "-c search_path=ours")
        #expect(again["password"] == "a\\b'c")
        #expect(again["dbname"] == "other")
    }
}
