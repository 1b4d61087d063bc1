import Testing

@testable import Web

@Suite struct `Who is limited together` {
    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7:4711"), ("203.0.113.7", "::ffff:203.0.113.7"), ("203.0.113.7", "::FFFF:cb00:7107"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"), ("2001:db8:1:2::1", "[2001:db8:1:2::9]:443"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ])
    func `these are one`(one: String, other: String) { #expect(Caller(one) == Caller(other)) }

    @Test(arguments: [
        ("203.0.113.7", "203.0.113.8"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("::1", "::ffff:127.0.0.1"),
        ("127.0.0.1", "127.0.0.2"), ("", "unknown"),
    ])
    func `these are two`(one: String, other: String) { #expect(Caller(one) != Caller(other)) }

    @Test func `what is no address is cut before it is kept`() {
        #expect(Caller(String(repeating: "x", count: 100_000)) == Caller(String(repeating: "x", count: 61)))
    }
}

@Suite struct `Places that are shared` {
    private let greedy = Caller("10.0.0.1")

    @Test func `one caller has so many, and what is given back can be taken again`() {
        let places = Places(.init(total: 100, each: 3))
        #expect((1...5).map { _ in places.take(greedy) } == [true, true, true, false, false])
        #expect(places.taken == 3 && places.refused == 2)
        places.leave(greedy)
        #expect(places.take(greedy))
        #expect(!places.take(greedy))
    }

    @Test func `nobody who holds many takes the last tenth`() {
        let places = Places(.init(total: 100, each: 1000))
        let taken = (1...200).count { _ in places.take(greedy) }
        #expect(taken == 90)
        for number in 2...11 { #expect(places.take(Caller("10.0.0.\(number)"))) }
        #expect(!places.take(Caller("10.0.0.99")), "there are 100 in all")
        #expect(places.taken == 100)
    }

    @Test func `where callers are not told apart only the sum counts`() {
        let places = Places(.init(total: 10, each: nil))
        #expect((1...20).count { _ in places.take(greedy) } == 10)
        for _ in 1...10 { places.leave(greedy) }
        #expect(places.taken == 0)
    }

    @Test func `many at once never take more than there are`() async {
        let places = Places(.init(total: 50, each: 20))
        let most = await withTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let caller = Caller("10.0.0.\(number % 4)")
                    var most = 0
                    for _ in 0..<500 where places.take(caller) {
                        most = max(most, places.taken)
                        places.leave(caller)
                    }
                    return most
                }
            }
            return await group.reduce(0, max)
        }
        #expect(most <= 50)
        #expect(places.taken == 0)
    }
}

@Suite struct `Patience with a slow line` {
    private let patience = Patience(head: 15, pause: 30, bytesPerSecond: 1000, whole: 7200)

    /// Seconds after which somebody is given up who sends `bytes` every `interval`; nil when all 50 MB arrive before.
    private func givenUp(_ bytes: Int, every interval: Double) -> Double? {
        var transfer = patience.forTransfer
        var seconds = 0.0
        var arrived = 0
        while arrived < 50_000_000 {
            seconds += interval
            transfer.wait(interval)
            if transfer.isOver { return seconds }
            transfer.move(bytes)
            arrived += bytes
        }
        return nil
    }

    @Test func `a scan of 50 MB over a slow mobile line arrives`() {
        #expect(givenUp(20_000, every: 1) == nil)
        #expect(givenUp(500_000, every: 25) == nil, "with gaps of 25 seconds")
    }

    @Test func `a byte now and then is given up within a minute`() {
        #expect(givenUp(1, every: 10) == 40)
        #expect(givenUp(1, every: 1) == 31)
    }

    @Test func `nobody saves up time by sending much at first`() {
        var transfer = patience.forTransfer
        transfer.move(40_000_000)
        transfer.wait(30)
        #expect(!transfer.isOver)
        transfer.wait(1)
        #expect(transfer.isOver)
    }

    @Test func `however steadily it comes, it ends`() { #expect(givenUp(1100, every: 1) == 7201) }
}
