import Hummingbird

/// A route was asked for that needs somebody signed in.
struct SignInNeeded: ProblemConvertible {
    enum Audience { case citizens, officers }

    let audience: Audience

    var page: String {
        switch audience {
        case .citizens: "/sign-in"
        case .officers: "/work/sign-in"
        }
    }

    var problem: Problem {
        var problem = Problem("sign-in", "Bạn cần đăng nhập để tiếp tục.", "Please sign in to go on.", .unauthorized)
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }
}

/// Where citizens sign in to go on at `path`.
package func citizenSignIn(goingOnAt path: String) -> String {
    "\(SignInNeeded(audience: .citizens).page)?next=\(PercentEncoding.escaped(path))"
}

extension Problem {
    static let forCitizensOnly = Problem(
        "for-citizens-only",
        "Trang này dành cho người dân. Bạn đang đăng nhập bằng tài khoản cán bộ.",
        "This page is for citizens. You are signed in as an officer.",
        .forbidden
    )

    static let forOfficersOnly = Problem(
        "for-officers-only",
        "Trang này dành cho cán bộ. Bạn đang đăng nhập bằng tài khoản người dân.",
        "This page is for officers. You are signed in as a citizen.",
        .forbidden
    )
}
