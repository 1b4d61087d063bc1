package import Kernel

extension Instant {
    /// `2021-08-06T03:15:00.000Z`.
    package var iso8601: String {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - dayNumber * 86_400
        let (year, month, day) = LocalDate(dayNumber: dayNumber).civil
        // Lists write hundreds of these.
        return String(unsafeUninitializedCapacity: 24) { text in
            var end = 0
            func write(_ number: Int, _ digits: Int, _ after: Unicode.Scalar) {
                var number = number
                for index in stride(from: end + digits - 1, through: end, by: -1) {
                    text[index] = UInt8(48 + number % 10)
                    number /= 10
                }
                end += digits
                text[end] = UInt8(ascii: after)
                end += 1
            }
            write(year, 4, "-")
            write(month, 2, "-")
            write(day, 2, "T")
            write(rest / 3600, 2, ":")
            write(rest / 60 % 60, 2, ":")
            write(rest % 60, 2, ".")
            write(milliseconds - seconds * 1000, 3, "Z")
            return end
        }
    }
}
