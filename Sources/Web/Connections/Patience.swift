/// How long this server waits for the other end of a connection. A line may be slow; it may not stand still.
package struct Patience: Sendable {
    /// For the whole head of a request, from its first byte or from the beginning of the connection.
    package let head: Double
    /// How many seconds nothing may arrive of a body, or leave of an answer.
    package let pause: Double
    /// Slower than this on average is as good as nothing. A scan of 50 MB over a line of 20 kB/s takes 42 minutes.
    package let bytesPerSecond: Double
    /// However steadily it arrives.
    package let whole: Double

    package init(head: Double = 15, pause: Double = 30, bytesPerSecond: Double = 1000, whole: Double = 7200) {
        self.head = head
        self.pause = pause
        self.bytesPerSecond = bytesPerSecond
        self.whole = whole
    }

    var forTransfer: Transfer { Transfer(patience: self, credit: pause) }

    /// What is left of the patience with one body or one answer: waiting costs it, bytes earn it back, and nobody
    /// saves up more than one pause.
    struct Transfer {
        fileprivate let patience: Patience
        fileprivate var credit: Double
        private var waited = 0.0

        fileprivate init(patience: Patience, credit: Double) {
            self.patience = patience
            self.credit = credit
        }

        mutating func wait(_ seconds: Double) {
            credit -= seconds
            waited += seconds
        }

        mutating func move(_ bytes: Int) {
            credit = min(patience.pause, credit + Double(bytes) / patience.bytesPerSecond)
        }

        var isOver: Bool { credit < 0 || waited > patience.whole }
    }
}
